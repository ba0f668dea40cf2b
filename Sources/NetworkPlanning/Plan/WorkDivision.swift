internal import TensorEngine

/// How the first half of a block is cut into tasks: strips of output rows, each for every slice of channels.
struct WorkDivision: Sendable {
    let strips: [Range<Int>]
    let slices: [Range<Int>]
    /// What threads write of the first half's outputs, each to memory of its own where it reads it again.
    let shares: [Share]

    /// Some channels of some output rows.
    struct Share: Sendable {
        let rows: Range<Int>
        let channels: Range<Int>
    }

    /// Threads that cut a projection along its depth, at most. Sums of more parts come near to what they spare: of three or four
    /// parts, some are as many as the channels.
    private static let mostParts = 2

    /// Weights to read from which on a layer for one row is worth another thread's start.
    static let sharedWeights = 32_768

    /// Channels of a slice at least, where there need not be more slices to keep all threads busy.
    private static let narrowestSlice = 48

    /// Of a slice of less than two vectors of 16 channels each channel costs a tenth more: its tiles share an activation among
    /// too few sums, and every slice reads the whole input. Half a vector takes as long as a whole one.
    private static func narrowCost(_ widths: [Int]) -> Int {
        let narrowest = widths.min() ?? 0
        return narrowest >= 32 ? 0 : narrowest >= 16 ? 10 : 100
    }

    /// Hundredths that slices cost more than strips, one a thread, whose outputs stay where they are needed next.
    private static let sharedCost = 3

    /// Threads up to which the tasks are gone through one by one to see who is busiest.
    private static let fewThreads = 8

    /// Tries all small grids and takes the one whose busiest thread has the least to do.
    ///
    /// A strip recomputes the rows its windows share with its neighbour, where they are computed at all; a slice is best a
    /// whole number of vectors. Of equal grids the one with more strips is taken: slices share cache lines' neighbours.
    ///
    /// - Parameters:
    ///   - rows: output rows.
    ///   - sharedRows: input rows that neighbouring strips both compute; 0 where nothing is computed for them.
    ///   - stride: input rows an output row.
    ///   - channels: a multiple of 8.
    init(rows: Int, sharedRows: Int, stride: Int, channels: Int, threads: Int) {
        let fewestSlices = (channels + PlanLimits.widestSlice - 1) / PlanLimits.widestSlice
        var best = (cost: Int.max, strips: 1, slices: 1)
        for strips in (1...min(rows, threads)).reversed() {
            let height = (rows + strips - 1) / strips * stride + (strips > 1 ? sharedRows : 0)
            let needed = max((threads + strips - 1) / strips, fewestSlices)
            let mostSlices = min(max(channels / Self.narrowestSlice, needed), max(channels / 8, 1))
            for slices in fewestSlices...max(mostSlices, fewestSlices) {
                let widths = Self.ranges(of: channels, slices).map(\.count)
                let busiest = Self.busiestThread(of: threads, takes: widths, times: strips)
                // A task more costs about a hundredth: its start, and reading the block's input once again.
                // A strip's projection reads what the same thread wrote; slices are read by all.
                let shared = strips < threads ? Self.sharedCost : 0
                let cost = busiest * height * (100 + strips * slices / threads + Self.narrowCost(widths) + shared)
                if cost < best.cost { best = (cost, strips, slices) }
            }
        }
        strips = (0..<best.strips).map { ($0 * rows / best.strips)..<(($0 + 1) * rows / best.strips) }
        let slices = Self.ranges(of: channels, best.slices)
        self.slices = slices
        if strips.count == 1 && threads > 1 && threads <= min(Self.mostParts, slices.count) {
            shares = (0..<threads).map { thread in
                let own = WorkerPool.share(of: slices.count, thread: thread, threads: threads)
                return Share(
                    rows: 0..<rows, channels: slices[own.lowerBound].lowerBound..<slices[own.upperBound - 1].upperBound)
            }
        } else {
            shares = strips.map { Share(rows: $0, channels: 0..<channels) }
        }
    }

    /// Whether threads share the channels of all rows.
    var splitsChannels: Bool { shares.count > strips.count }

    /// Where the share of a task is among ``shares``.
    func shareIndex(strip: Int, slice: Int) -> Int {
        guard splitsChannels else { return strip }
        return shares.firstIndex { $0.channels.contains(slices[slice].lowerBound) } ?? 0
    }

    func share(strip: Int, slice: Int) -> Share { shares[shareIndex(strip: strip, slice: slice)] }

    /// What the thread with the most to do gets, if each takes a task as soon as it is free, its own or another's.
    private static func busiestThread(of threads: Int, takes widths: [Int], times strips: Int) -> Int {
        guard threads <= Self.fewThreads else {
            return (strips * widths.count + threads - 1) / threads * (widths.first ?? 0)
        }
        var loads = [Int](repeating: 0, count: threads)
        for task in 0..<(strips * widths.count) {
            let free = loads.indices.min { loads[$0] < loads[$1] } ?? 0
            loads[free] += widths[task % widths.count]
        }
        return loads.max() ?? 0
    }

    /// As many runs of a projection's pixels for each thread as keep a run's activations in the second-level cache, but none
    /// of fewer pixels than `leastPixels` unless each thread has only one.
    static func runs(of pixels: Int, depth: Int, threads: Int, leastPixels: Int) -> [Range<Int>] {
        let cached = (pixels * depth + PlanLimits.runFloats * threads - 1) / (PlanLimits.runFloats * threads)
        let rounds = max(min(cached, pixels / (threads * leastPixels)), 1)
        return runs(of: pixels, min(rounds * threads, pixels))
    }

    /// `count` runs of pixels, as equal as possible.
    static func runs(of pixels: Int, _ count: Int) -> [Range<Int>] {
        (0..<count).map { ($0 * pixels / count)..<(($0 + 1) * pixels / count) }
    }

    /// `count` runs of whole vectors of 16 channels, as equal as possible, longer and shorter ones in turn so that neighbours
    /// together are equal too; a half vector goes to the last run.
    static func ranges(of channels: Int, _ count: Int) -> [Range<Int>] {
        let unit = channels >= 16 * count ? 16 : 8
        let units = (channels + unit - 1) / unit
        return (0..<count).map { run in
            // Rounded up, so that of two the first is the longer one.
            let (first, end) = ((run * units + count - 1) / count, ((run + 1) * units + count - 1) / count)
            return min(first * unit, channels)..<min(end * unit, channels)
        }
    }
}
