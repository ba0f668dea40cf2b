@testable import X86Kernels
import TensorEngine
import TestSupport
import Testing

/// Which planned products ask for weights ahead, and for which: those with VEX code whose smallest run has enough tiles and
/// not too many.
@Suite struct PlannedPrefetchTests {
    @Test(arguments: [([81], true), ([22], true), ([41, 40], true), ([81, 8], false), ([1], false), ([5000], false)])
    func kernelsOfEnoughRowsAskAhead(_ rowCounts: [Int], _ suffice: Bool) throws {
        for set in X86Target.usable {
            var batch = KernelBatch(set)
            let kernel = kernel(rowCounts, &batch)
            let kernels = try #require(batch.seal())
            let compiled = kernel.handles.compactMap { $0 }
            #expect(!compiled.isEmpty)
            for handle in compiled {
                #expect(asksAhead(kernels.function(handle)) == (suffice && set.encoding == .vex), "\(set)")
            }
        }
    }

    @Test func tilesAskForThePanelThatFollows() throws {
        for set in X86Target.usable {
            var batch = KernelBatch(set)
            let kernel = kernel([22], &batch)
            let panels = kernel.panels
            try #require(panels.count > 1)
            let floats = [Float](repeating: 0, count: 120 * 96)
            floats.withUnsafeBufferPointer { floats in
                guard let base = floats.baseAddress else { return }
                let operands = MatrixOperands(
                    rows: 22, input: base, output: UnsafeMutablePointer(mutating: base))
                for (panel, next) in zip(panels, panels.dropFirst()) {
                    let split = RowSplit(rows: 22, largest: panel.largestRows)
                    let ahead = { (tiles: RowSplit.Tiles) in
                        kernel.arguments(for: tiles, of: panel, operands, base, base).ahead
                    }
                    #expect(ahead(split.tallOnes) == 4 * (next.weights - panel.weights))
                    #expect(ahead(split.shortOnes) == 4 * (next.weights - panel.weights) + 64 * split.tallTiles)
                }
            }
        }
    }

    private func kernel(_ rowCounts: [Int], _ batch: inout KernelBatch) -> X86MatrixKernel {
        X86MatrixKernel(
            MatrixProduct(
                MatrixForm(segmentLength: 120, inputStride: 120), weight: Tensor.random([120, 96], seed: 7),
                bias: Tensor(zeros: [96]), slices: [MatrixSlice(0..<96, outputStride: 96)],
                rows: .exactly(Set(rowCounts))), &batch)
    }

    /// Whether `prefetcht1 (%rdx,%rbp)` occurs before `vzeroupper; ret`.
    private func asksAhead(_ kernel: MachineFunction) -> Bool {
        var place = unsafeBitCast(kernel, to: UnsafePointer<UInt8>.self)
        while !starts(place, with: [0xC5, 0xF8, 0x77, 0xC3]) {
            if starts(place, with: [0x0F, 0x18, 0x14, 0x2A]) { return true }
            place += 1
        }
        return false
    }

    private func starts(_ code: UnsafePointer<UInt8>, with bytes: [UInt8]) -> Bool {
        bytes.indices.allSatisfy { code[$0] == bytes[$0] }
    }
}
