@testable import X86Kernels
import TensorEngine
import Testing

@Suite struct WeightPrefetchTests {
    /// Tiles and the width of a panel in floats, and units of four or six steps.
    static let panels = [(4, 16), (6, 16), (11, 24), (18, 16), (21, 16), (73, 16), (100, 8), (100, 48)].flatMap {
        tiles, width in [4, 6].map { (tiles, $0 * width * MemoryLayout<Float>.stride) }
    }

    @Test(arguments: panels.filter { $0.0 * WeightPrefetch.lineBytes >= $0.1 })
    func allTilesTogetherAskForEveryLineOfWholeTurns(_ tiles: Int, _ unitBytes: Int) throws {
        let unitCount = 37
        let prefetch = try #require(WeightPrefetch(tiles: tiles, unitBytes: unitBytes, unitCount: unitCount))
        let turnLines = prefetch.units * unitBytes / WeightPrefetch.lineBytes
        let turns = unitCount / prefetch.units
        let asked = Set((0..<tiles).flatMap { tile in (0..<turns).map { tile + $0 * turnLines } })
        #expect(asked.isSuperset(of: 0..<(turns * turnLines)))
    }

    /// A tile of sixteen columns, four steps a unit: four lines a unit.
    @Test(arguments: [(4, 1), (8, 2), (15, 3), (16, 4), (100, 4)])
    func moreTilesAskForLessAtATime(_ tiles: Int, _ units: Int) throws {
        #expect(WeightPrefetch(tiles: tiles, unitBytes: 256, unitCount: 100)?.units == units)
    }

    @Test(arguments: [(3, 256, 8), (5, 384, 8), (101, 256, 8), (16, 32, 8), (16, 256, 0)])
    func tooLittleIsNotAskedFor(_ tiles: Int, _ unitBytes: Int, _ unitCount: Int) {
        #expect(WeightPrefetch(tiles: tiles, unitBytes: unitBytes, unitCount: unitCount) == nil)
    }

    @Test func aTurnIsNoLongerThanThePanelIsDeep() {
        #expect(WeightPrefetch(tiles: 64, unitBytes: 256, unitCount: 3)?.units == 3)
    }

    @Test(arguments: [nil, PairedProducts.avx2]) func kernelsAskForALineATurnAndMoveOnATile(_ pairing: PairedProducts?)
        throws
    {
        var tile = MatrixTile(
            MatrixForm(segmentLength: 70, inputStride: 70), rows: 4, vectors: [.ymm, .ymm], outputStride: 16,
            pairing: pairing)
        let plain = code(of: tile)
        tile.prefetchWeights(during: 3)
        #expect(code(of: tile) == plain, "three tiles are too few")
        tile.prefetchWeights(during: 20)
        let asking = code(of: tile)
        // mov 72(%rdi), %rbp, once a call.
        #expect(places(of: [0x48, 0x8B, 0x6F, 0x48], in: asking).count == 1)
        // prefetcht1 (%rdx,%rbp), where the loop over the depth begins: dec %rdi; jnz.
        let prefetch = places(of: [0x0F, 0x18, 0x14, 0x2A], in: asking)
        let jump = try #require(places(of: [0x48, 0xFF, 0xCF, 0x0F, 0x85], in: asking).first) + 5
        let distance = (0..<4).reduce(Int32(0)) { $0 | Int32(asking[jump + $1]) << (8 * Int32($1)) }
        #expect(prefetch == [jump + 4 + Int(distance)])
        // add $64, %rbp; dec %r10, once a tile.
        #expect(places(of: [0x48, 0x83, 0xC5, 0x40, 0x49, 0xFF, 0xCA], in: asking).count == 1)
    }

    @Test func theFirstTileAsksForTheNextPanelAndLaterOnesGoOn() {
        let weights: [Float] = [0]
        weights.withUnsafeBufferPointer { weights in
            guard let base = weights.baseAddress else { return }
            let ahead = { (firstTile: Int) in
                var arguments = MatrixTile.Arguments(
                    input: base, weights: base, parameters: base, output: UnsafeMutablePointer(mutating: base),
                    tiles: 1, constants: ConstantPool())
                arguments.setAhead(70 * 16, firstTile: firstTile)
                return arguments.ahead
            }
            #expect(ahead(0) == 70 * 16 * 4)
            #expect(ahead(3) == 70 * 16 * 4 + 3 * 64)
        }
        #expect(MemoryLayout<MatrixTile.Arguments>.offset(of: \.ahead) == 72)
    }

    /// They belong to single rows.
    @Test func halvesAreNotAskedFor() {
        var tile = MatrixTile(
            MatrixForm(segmentLength: 64, inputStride: 64), vectors: [.ymm], outputStride: 8, weights: .float16)
        let plain = code(of: tile)
        tile.prefetchWeights(during: 20)
        #expect(tile.prefetch == nil && code(of: tile) == plain)
    }

    private func code(of tile: MatrixTile) -> [UInt8] {
        var assembler = Assembler(.vex)
        tile.write(to: &assembler, for: .avx2)
        return assembler.code
    }

    private func places(of instructions: [UInt8], in code: [UInt8]) -> [Int] {
        code.indices.filter { code[$0...].starts(with: instructions) }
    }
}
