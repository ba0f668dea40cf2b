internal import TensorEngine

/// How the first half of a bottleneck is cut into tasks.
///
/// The output rows are cut into strips and the channels into slices; a task is one slice of one strip. More strips mean rows that
/// are computed twice, where the windows of neighbours overlap; more slices mean that the input is read more often. The
/// initialiser weighs both against threads that would have nothing to do.
struct WorkDivision: Sendable {
    let strips: [Range<Int>]
    let slices: [Range<Int>]
    /// Who writes what: a share is what one thread computes and, in the second half, reads again, so it has memory of its own.
    /// With two threads and one strip the shares are halves of the channels, else each strip is one.
    let shares: [Share]

    /// Some channels of some output rows.
    struct Share: Sendable {
        let rows: Range<Int>
        let channels: Range<Int>
    }

    /// Threads, at most, whose shares are channels. The projection then has a part for each, and the parts' sums must be added
    /// up: with three or four that would cost about what it spares.
    private static let mostParts = 2

    /// A layer for a single row is cut into slices from this many weights on; waking another thread costs more than reading fewer.
    static let sharedWeights = 32_768

    /// The fewest channels that a slice should have, unless there are too few slices for all threads otherwise.
    private static let narrowestSlice = 48

    /// What the narrowest slice adds to the cost of all, in hundredths. From two vectors of 16 channels on nothing; below that a
    /// tenth, measured: a tile loads each activation for too few sums. Half a vector takes as long as a whole one: twice as much.
    private static func narrowCost(_ widths: [Int]) -> Int {
        let narrowest = widths.min() ?? 0
        return narrowest >= 32 ? 0 : narrowest >= 16 ? 10 : 100
    }

    /// What a grid with fewer strips than threads adds, in hundredths: the second half then reads outputs from other cores' caches.
    private static let sharedCost = 3

    /// Up to so many threads the tasks are dealt out one by one to see who is busiest; with more an estimate does.
    private static let fewThreads = 8

    /// Tries all small grids and takes the one whose busiest thread has the least to do.
    ///
    /// Of equal grids the one with more strips is taken: neighbouring slices write to the same cache lines.
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

/// How large the pieces of a planned network may be, so that what is written and soon read again stays in a cache.
package enum PlanLimits {
    /// The most floats of a slab, unless one window needs more: half of a second-level cache of 512 KiB.
    package static let slabFloats = 65_536

    /// The most activations that a run of a projection reads: three quarters of a second-level cache of 512 KiB. Not fewer than
    /// it must, since each run reads all weights again.
    package static let runFloats = 98_304

    /// The most channels of a slice: the input rows under a window then stay in the first-level cache.
    package static let widestSlice = 112
}
