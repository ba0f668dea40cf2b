import TensorEngine
import Testing

@testable import NetworkPlanning

/// How a block's first half is cut into tasks.
@Suite struct WorkDivisionTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let rows: Int
        let kernel: Int
        var stride = 1
        let channels: Int
        var testDescription: String { "\(rows) rows, kernel \(kernel), stride \(stride), \(channels) channels" }

        func division(threads: Int) -> WorkDivision {
            WorkDivision(
                rows: rows, sharedRows: kernel - stride, stride: stride, channels: channels, threads: threads)
        }
    }

    /// The inverted blocks of B2 at 260 pixels.
    static let blocks = [
        Case(rows: 65, kernel: 3, stride: 2, channels: 96), Case(rows: 65, kernel: 3, channels: 144),
        Case(rows: 33, kernel: 5, stride: 2, channels: 144), Case(rows: 33, kernel: 5, channels: 288),
        Case(rows: 17, kernel: 3, stride: 2, channels: 288), Case(rows: 17, kernel: 3, channels: 528),
        Case(rows: 17, kernel: 5, channels: 720), Case(rows: 9, kernel: 5, stride: 2, channels: 720),
        Case(rows: 9, kernel: 5, channels: 1248), Case(rows: 9, kernel: 3, channels: 2112),
    ]

    @Test(arguments: blocks + [Case(rows: 1, kernel: 1, channels: 8), Case(rows: 3, kernel: 3, channels: 24)])
    func everyRowAndChannelBelongsToOneTask(_ block: Case) {
        for threads in 1...4 {
            let division = block.division(threads: threads)
            #expect(division.strips.flatMap(\.self) == Array(0..<block.rows))
            #expect(division.slices.flatMap(\.self) == Array(0..<block.channels))
            #expect(division.slices.allSatisfy { $0.count % 8 == 0 && !$0.isEmpty })
        }
    }

    /// A strip each, or with two threads the channels that each computes; together all rows and channels.
    @Test(arguments: blocks) func everyTaskWritesToTheShareOfItsThread(_ block: Case) {
        for threads in 1...6 {
            let division = block.division(threads: threads)
            let (strips, slices) = (division.strips, division.slices)
            #expect(division.shares.reduce(0) { $0 + $1.rows.count * $1.channels.count } == block.rows * block.channels)
            #expect(division.splitsChannels == (strips.count == 1 && threads == 2))
            #expect(division.shares.count == (division.splitsChannels ? threads : strips.count))
            for task in 0..<(strips.count * slices.count) {
                let (strip, slice) = (task / slices.count, task % slices.count)
                let share = division.share(strip: strip, slice: slice)
                #expect(share.rows.contains(strips[strip]) && share.channels.contains(slices[slice]))
                guard division.splitsChannels else { continue }
                let index = division.shareIndex(strip: strip, slice: slice)
                #expect(WorkerPool.share(of: slices.count, thread: index, threads: threads).contains(slice))
            }
        }
    }

    @Test(arguments: [(81, 2112, 352), (289, 528, 88), (1089, 288, 48), (16_900, 32, 16), (1, 8, 8)])
    func runsAreShortEnoughForTheCacheOrLongEnoughToPackWeights(_ pixels: Int, _ depth: Int, _ outputs: Int) {
        for threads in 1...3 {
            for leastPixels in [1, 4 * outputs] {
                let runs = WorkDivision.runs(of: pixels, depth: depth, threads: threads, leastPixels: leastPixels)
                #expect(runs.flatMap(\.self) == Array(0..<pixels))
                #expect(runs.count >= min(threads, pixels))
                let shortest = runs.map(\.count).min() ?? 0
                if runs.count > threads { #expect(shortest >= leastPixels) }
                if leastPixels == 1 {
                    #expect((shortest - 1) * depth <= PlanLimits.runFloats)
                }
            }
        }
        #expect(WorkDivision.runs(of: 81, depth: 2112, threads: 1, leastPixels: 1).count == 2)
        #expect(WorkDivision.runs(of: 81, depth: 2112, threads: 1, leastPixels: 4 * 352).count == 1)
        // One each, and no more: every run reads all weights.
        #expect(WorkDivision.runs(of: 81, depth: 2112, threads: 2, leastPixels: 1).count == 2)
    }

    @Test(arguments: blocks) func twoThreadsHaveNearlyAsMuchToDo(_ block: Case) {
        let division = block.division(threads: 2)
        var loads = [0, 0]
        for strip in division.strips {
            for slice in division.slices { loads[loads[0] <= loads[1] ? 0 : 1] += strip.count * slice.count }
        }
        // 144 channels are nine vectors: five and four where strips would compute too much twice.
        #expect(Double(max(loads[0], loads[1])) <= 1.12 * Double(block.rows * block.channels) / 2, "\(loads)")
    }

    @Test(arguments: blocks) func slicesAreNarrowEnoughForTheCache(_ block: Case) {
        for threads in 1...2 {
            #expect(block.division(threads: threads).slices.allSatisfy { $0.count <= 112 })
        }
    }

    /// The block behind the stem: two strips that share two rows rather than two slices of a single vector.
    @Test func fewChannelsAreNotCutIntoSingleVectors() {
        let block = Case(rows: 130, kernel: 3, channels: 32)
        for threads in [2, 4, 8, 12] {
            #expect(block.division(threads: threads).slices == [0..<32], "\(threads) threads")
            #expect(block.division(threads: threads).strips.count == threads)
        }
        // Strips of few rows compute many of them twice; but half vectors are never worth it.
        for threads in [16, 32, 64] {
            #expect(block.division(threads: threads).slices.allSatisfy { $0.count >= 16 }, "\(threads) threads")
        }
    }

    @Test func manyThreadsAreDividedAmongAtOnce() {
        let begin = ContinuousClock.now
        for block in Self.blocks { _ = block.division(threads: 256) }
        // Unoptimised some ten milliseconds; trying every grid takes minutes.
        #expect(ContinuousClock.now - begin < .seconds(5))
    }
}
