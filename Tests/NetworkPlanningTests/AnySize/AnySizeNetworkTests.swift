import Foundation
import NetworkPlanning
import NeuralLayers
import TensorEngine
import TestSupport
import Testing
import WeightFile

/// Planned layers against the same layers one by one, with channels that must be padded to whole vectors.
@Suite struct AnySizeNetworkTests {
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
    func convolutionsAgreeWithTheLayers(_ path: KernelPath, _ size: Size) {
        let parts = compare(Self.convolutions, .random([2, size.height, size.width, 3], seed: 9), path)
        #expect(parts == (path == .portable ? [] : ["pooled convolution", "convolution", "convolution"]))
    }

    /// Windows that overlap, that reach over the border, and channels that fill no vector on the way out.
    @Test(arguments: KernelPath.usable, [Size(side: 9), Size(height: 12, width: 33), Size(height: 24, width: 10)])
    func convolutionsTakeTheirPoolingAlong(_ path: KernelPath, _ size: Size) {
        let parts = compare(Self.pooled, .random([3, size.height, size.width, 3], seed: 26), path)
        #expect(parts == (path == .portable ? [] : ["pooled convolution", "pooled convolution"]))
    }

    /// A border, groups and pooling behind neither, between layers that kernels are for.
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
        Conv2D(weight: .random([7, 9, 1, 1], seed: 51)),
    ]

    @Test(arguments: KernelPath.usable, [Size(side: 12), Size(height: 14, width: 33)])
    func layersThatNoKernelIsForAreCalledAsTheyAre(_ path: KernelPath, _ size: Size) {
        let parts = compare(Self.foreign, .random([2, size.height, size.width, 3], seed: 52), path)
        let (known, unknown) = ("convolution", "unplanned")
        #expect(
            parts == (path == .portable ? [] : [known, unknown, unknown, unknown, known, unknown, known, known, known]))
    }

    @Test(arguments: KernelPath.usable, [1, 2, 15, 29]) func denseLayersAgreeWithTheLayers(
        _ path: KernelPath, _ rows: Int
    ) {
        let parts = compare(Self.dense, .random([rows, 50], seed: 10), path)
        #expect(parts == (path == .portable ? [] : ["linear", "linear"]))
    }

    @Test(arguments: KernelPath.usable) func someRowsOfAPictureAreAPictureOfTheirOwn(_ path: KernelPath) {
        let network = AnySizeNetwork(Self.convolutions, inputChannels: 3, path: path)
        let picture = Tensor.random([1, 30, 21, 3], seed: 53)
        let rows = Tensor(Array(picture.scalars[(7 * 63)..<(19 * 63)]), shape: [1, 12, 21, 3])
        #expect(network(picture, rows: 7..<19).scalars == network(rows).scalars)
        #expect(network(picture, rows: 0..<30).scalars == network(picture).scalars)
    }

    /// Shapes come and go, large ones before small ones and the other way round, several at a time; what is kept is bounded.
    @Test(arguments: KernelPath.usable) func everyShapeHasItsPlan(_ path: KernelPath) {
        let network = AnySizeNetwork(Self.convolutions, inputChannels: 3, path: path, callers: 2)
        let layers = Self.convolutions
        let agrees = WorkerPool(threads: 3).map(300) { index in
            let number = index * 71 % 150
            let size = Size(height: 7 + number % 10, width: 7 + number / 10)
            let input = Tensor.random([1 + index % 2, size.height, size.width, 3], seed: UInt64(index))
            return TensorComparison(network(input), Self.run(layers, input), relative: 1e-5, absolute: 1e-4).isClose
        }
        #expect(agrees.allSatisfy { $0 })
        let kept = network.kept
        #expect(path == .portable ? kept == (0, 0) : (1...128).contains(kept.shapes) && (1...2).contains(kept.blocks))
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
        let network = AnySizeNetwork(stored, inputChannels: 50, path: path)
        let byteCount = try #require(FileManager.default.contents(atPath: place)).count
        try #require(FileHandle(forWritingAtPath: place)).write(contentsOf: Data(count: byteCount))
        let input = Tensor.random([2, 50], seed: 33)
        expectClose(network(input), Linear(weight: weight, bias: bias)(input))
    }

    private static func run(_ layers: [any Layer], _ input: Tensor) -> Tensor { layers.reduce(input) { $1($0) } }

    /// Plans the layers and compares them, twice in the same memory.
    ///
    /// - Returns: what each step is.
    private func compare(_ layers: [any Layer], _ input: Tensor, _ path: KernelPath) -> [String] {
        let network = AnySizeNetwork(layers, inputChannels: input.shape.dimensions.last ?? 0, path: path)
        #expect(network.path == path)
        let expected = Self.run(layers, input)
        for _ in 0..<2 {
            let observed = network(input)
            #expect(observed.shape == expected.shape)
            expectClose(observed, expected)
        }
        return network.parts(for: input)
    }

    private func expectClose(_ observed: Tensor, _ expected: Tensor) {
        // Outputs are some tens, so that this is a few units of their last place.
        let comparison = TensorComparison(observed, expected, relative: 1e-5, absolute: 1e-4)
        #expect(comparison.isClose, "\(comparison)")
    }
}
