import KernelCompiler
import TestSupport
import Testing

@testable import TensorEngine

/// Which planned products ask for weights ahead: those with VEX code whose smallest run has enough tiles.
@Suite struct PlannedPrefetchTests {
    @Test(arguments: [([81], true), ([41, 40], true), ([81, 8], false), ([1], false), ([5000], false)])
    func kernelsOfEnoughRowsAskAhead(_ rowCounts: [Int], _ suffice: Bool) throws {
        for case .made(let set) in KernelPath.usable {
            var batch: KernelBatch? = KernelBatch(set)
            let product = MatrixProduct(
                MatrixProduct.Form(segmentLength: 120, inputStride: 120),
                weight: Tensor.random([120, 40], seed: 7), bias: Tensor(zeros: [40]), slices: [(0..<40, 40)],
                rowCounts: Set(rowCounts), batch: &batch)
            let kernels = try #require(batch?.seal())
            let made = product.handles.compactMap { $0 }
            #expect(!made.isEmpty)
            for handle in made {
                #expect(asksAhead(kernels.function(handle)) == (suffice && set.encoding == .vex), "\(set)")
            }
        }
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
