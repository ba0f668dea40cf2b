@testable import X86Kernels
import TensorEngine
import Testing

@Suite struct RowSplitTests {
    /// All rows are covered by the fewest tiles, none larger than allowed, whose heights differ by one at most.
    @Test(arguments: 1...14) func coversAllRowsEvenly(largest: Int) {
        for rows in 1...70 {
            let split = RowSplit(rows: rows, largest: largest)
            #expect(split.tall * split.tallTiles + (split.tall - 1) * split.shortTiles == rows)
            #expect(split.tallTiles + split.shortTiles == (rows + largest - 1) / largest)
            #expect((1...largest).contains(split.tall) && split.tallTiles > 0 && split.shortTiles >= 0)
            #expect(split.shortTiles == 0 || split.tall > 1, "a tile without rows")
        }
    }

    @Test func noRowsNeedNoTiles() {
        let split = RowSplit(rows: 0, largest: 6)
        #expect(split.tallTiles == 0 && split.shortTiles == 0)
    }
}
