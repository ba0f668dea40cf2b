import Foundation
import NetworkPlanning
import NeuralLayers
import TensorEngine
import TestSupport
import Testing
import WeightFile

/// Fused layers against the same layers one by one, with channels that must be padded to whole vectors.
@Suite struct LayerFusionTests {
    private static let convolutions: [any Layer] = [
        Conv2D(weight: .random([10, 3, 3, 3], seed: 1), bias: .random([10], seed: 2)),
        PReLU(slope: .random([10], seed: 3)),
        MaxPool(kernel: 2, stride: 2, roundsUp: true),
        Conv2D(weight: .random([28, 10, 2, 2], seed: 4), bias: .random([28], seed: 5)),
        Conv2D(weight: .random([40, 28, 1, 1], seed: 6), bias: .random([40], seed: 7)),
        PReLU(slope: .random([40], seed: 8)),
    ]
    private static let pooled: [any Layer] = [
        Conv2D(weight: .random([28, 3, 3, 3], seed: 21), bias: .random([28], seed: 22)),
        PReLU(slope: .random([28], seed: 23)),
        MaxPool(kernel: 3, stride: 2, roundsUp: true),
        Conv2D(weight: .random([12, 28, 2, 2], seed: 24), bias: .random([12], seed: 25)),
        MaxPool(kernel: 2, stride: 2),
    ]
    private static let dense: [any Layer] = [
        Linear(weight: .random([24, 50], seed: 11), bias: .random([24], seed: 12)),
        PReLU(slope: .random([24], seed: 13)),
        Linear(weight: .random([5, 24], seed: 14), bias: .random([5], seed: 15)),
        PReLU(slope: .random([5], seed: 16)),
    ]

    @Test(arguments: KernelPath.usable, [Size(side: 7), Size(height: 9, width: 40), Size(height: 31, width: 12)])
    func fusedConvolutionsAgreeWithTheLayers(_ path: KernelPath, _ size: Size) {
        let fused = LayerFusion.fuse(Self.convolutions, inputChannels: 3, path: path)
        #expect(fused.count == (path == .portable ? 6 : 3))
        let input = Tensor.random([2, size.height, size.width, 3], seed: 9)
        expectClose(run(fused, input), run(Self.convolutions, input))
    }

    /// Windows that overlap, that reach over the border, and channels that fill no vector on the way out.
    @Test(arguments: KernelPath.usable, [Size(side: 9), Size(height: 12, width: 33), Size(height: 24, width: 10)])
    func convolutionsTakeTheirPoolingAlong(_ path: KernelPath, _ size: Size) {
        let fused = LayerFusion.fuse(Self.pooled, inputChannels: 3, path: path)
        #expect(fused.count == (path == .portable ? 5 : 2))
        let input = Tensor.random([3, size.height, size.width, 3], seed: 26)
        let observed = run(fused, input)
        #expect(observed.channels == 12)
        expectClose(observed, run(Self.pooled, input))
    }

    /// Each kind that no kernel is made for, and neighbours whose channels fill no vector.
    private static let foreign: [any Layer] = [
        Conv2D(weight: .random([10, 3, 3, 3], seed: 41), bias: .random([10], seed: 42)),
        PReLU(slope: .random([10], seed: 43)),
        Conv2D(weight: .random([12, 10, 3, 3], seed: 44), padding: .symmetric(1)),
        PReLU(slope: .random([12], seed: 45)),
        MaxPool(kernel: 2, stride: 2),
        Conv2D(weight: .random([16, 12, 2, 2], seed: 46), bias: .random([16], seed: 47)),
        Conv2D(weight: .random([16, 4, 1, 1], seed: 48), groups: 4),
        Conv2D(weight: .random([10, 16, 2, 2], seed: 49), stride: 2),
        Conv2D(weight: .random([9, 10, 1, 1], seed: 50), activation: .siLU),
        Conv2D(weight: .random([8, 9, 1, 1], seed: 51)),
    ]

    @Test(arguments: KernelPath.usable, [Size(side: 12), Size(height: 14, width: 33)])
    func layersThatCannotBeFusedStayAsTheyAre(_ path: KernelPath, _ size: Size) {
        let fused = LayerFusion.fuse(Self.foreign, inputChannels: 3, path: path)
        #expect(fused.count == Self.foreign.count, "the two convolutions that are fused have neither slope nor pooling")
        let input = Tensor.random([2, size.height, size.width, 3], seed: 52)
        let observed = run(fused, input)
        #expect(observed.channels == 8)
        expectClose(observed, run(Self.foreign, input))
    }

    @Test(arguments: KernelPath.usable, [1, 2, 15, 29]) func fusedDenseLayersAgreeWithTheLayers(
        _ path: KernelPath, _ rows: Int
    ) {
        let fused = LayerFusion.fuse(Self.dense, inputChannels: 50, path: path)
        #expect(fused.count == (path == .portable ? 4 : 3), "five outputs are no whole vector and stay as they are")
        let input = Tensor.random([rows, 50], seed: 10)
        expectClose(run(fused, input), run(Self.dense, input))
    }

    @Test(arguments: KernelPath.usable) func theFileIsNotReadAgain(_ path: KernelPath) throws {
        let place = FileManager.default.temporaryDirectory.appendingPathComponent("fusion-\(UUID())").path
        defer { try? FileManager.default.removeItem(atPath: place) }
        let (weight, bias) = (Tensor.random([24, 50], seed: 31), Tensor.random([24], seed: 32))
        var writer = WeightWriter()
        writer.add(weight, named: "weight", as: .float32)
        writer.add(bias, named: "bias", as: .float32)
        try writer.write(to: place)
        let file = try WeightReader(contentsOf: place)
        let stored: [any Layer] = [try Linear(from: file.root, inputFeatures: 50, outputFeatures: 24)]
        let fused = LayerFusion.fuse(stored, inputChannels: 50, path: path)
        let byteCount = try #require(FileManager.default.contents(atPath: place)).count
        try #require(FileHandle(forWritingAtPath: place)).write(contentsOf: Data(count: byteCount))
        let input = Tensor.random([2, 50], seed: 33)
        expectClose(run(fused, input), Linear(weight: weight, bias: bias)(input))
    }

    private func run(_ layers: [any Layer], _ input: Tensor) -> Tensor { layers.reduce(input) { $1($0) } }

    private func expectClose(_ observed: Tensor, _ expected: Tensor) {
        // Outputs are some tens, so that this is a few units of their last place.
        let comparison = TensorComparison(observed, expected, relative: 1e-5, absolute: 1e-4)
        #expect(comparison.isClose, "\(comparison)")
    }
}
