import NetworkPlanning
import NeuralLayers
import TensorEngine
import TestSupport
import Testing

/// Networks that nobody wrote a plan for: over one channel, and longer than high, as a spectrogram is.
@Suite struct PlannedNetworkTests {
    static let sizes = [Size(height: 64, width: 50), Size(height: 40, width: 29), Size(height: 17, width: 96)]

    /// Convolutions with borders and strides, odd channel counts, every activation.
    private static let convolutional: [any Layer] = [
        Conv2D(
            weight: .random([16, 1, 3, 3], seed: 1), bias: .random([16], seed: 2), stride: 2, padding: .same,
            activation: .siLU),
        DepthwiseConv2D(
            weight: .random([16, 1, 3, 3], seed: 3), bias: .random([16], seed: 4), padding: .symmetric(1),
            activation: .reLU),
        Conv2D(weight: .random([20, 16, 1, 1], seed: 5), bias: .random([20], seed: 6)),
        PReLU(slope: .random([20], seed: 7)),
        MaxPool(kernel: 2, stride: 2, roundsUp: true),
        DepthwiseConv2D(
            weight: .random([20, 1, 5, 5], seed: 8), bias: .random([20], seed: 9), stride: 2, padding: .same,
            activation: .sigmoid),
        Conv2D(weight: .random([24, 20, 2, 3], seed: 10), bias: .random([24], seed: 11)),
        Conv2D(weight: .random([40, 24, 1, 1], seed: 12), bias: .random([40], seed: 13), activation: .siLU),
        GlobalAveragePool(),
        Linear(weight: .random([12, 40], seed: 14), bias: .random([12], seed: 15), activation: .reLU),
        Linear(weight: .random([3, 12], seed: 16), bias: .random([3], seed: 17)),
    ]

    @Test(arguments: KernelPath.usable, sizes)
    func aConvolutionalNetworkAgreesWithItsLayers(_ path: KernelPath, _ size: Size) {
        for threads in [1, 2, 3] {
            let parts = compare(Self.convolutional, size, threads, path)
            #expect(!parts.contains("unplanned"), "\(parts)")
            #expect(parts.contains("features"), "the last convolution is pooled at once")
        }
    }

    /// Inverted bottlenecks behind a stem of one channel: shared out and gated as EfficientNet's.
    private static let bottlenecks: [any Layer] = [
        Conv2D(
            weight: .random([16, 1, 3, 3], seed: 21), bias: .random([16], seed: 22), stride: 2,
            padding: .symmetric(1), activation: .siLU),
        bottleneck(from: 16, to: 24, expansion: 1, kernel: 3, seed: 30),
        bottleneck(from: 24, to: 24, expansion: 6, kernel: 5, stride: 2, seed: 40),
        bottleneck(from: 24, to: 24, expansion: 6, kernel: 3, seed: 50),
        bottleneck(from: 24, to: 24, expansion: 4, kernel: 5, seed: 60),
        Conv2D(weight: .random([64, 24, 1, 1], seed: 23), bias: .random([64], seed: 24), activation: .siLU),
        GlobalAveragePool(),
        Linear(weight: .random([7, 64], seed: 25), bias: .random([7], seed: 26)),
    ]

    private static func bottleneck(
        from inputs: Int, to outputs: Int, expansion: Int, kernel: Int, stride: Int = 1, seed: UInt64
    ) -> MBConv {
        let width = inputs * expansion
        func random(_ shape: Shape, _ number: UInt64) -> Tensor {
            let size = (3 / Float(shape.count / shape[0])).squareRoot()
            return .random(shape, in: -size...size, seed: seed + number)
        }
        return MBConv(
            expand: expansion == 1 ? nil : Conv2D(weight: random([width, inputs, 1, 1], 0), activation: .siLU),
            depthwise: DepthwiseConv2D(
                weight: random([width, 1, kernel, kernel], 1), bias: .random([width], seed: seed + 2), stride: stride,
                padding: .symmetric(kernel / 2), activation: .siLU),
            squeezeExcite: SqueezeExcite(
                reduce: Linear(weight: random([6, width], 3), bias: .random([6], seed: seed), activation: .siLU),
                expand: Linear(weight: random([width, 6], 4), bias: .random([width], seed: seed), activation: .sigmoid)
            ),
            project: Conv2D(weight: random([outputs, width, 1, 1], 5), bias: .random([outputs], seed: seed)),
            hasResidual: stride == 1 && inputs == outputs)
    }

    @Test(arguments: KernelPath.usable, sizes.suffix(2))
    func aNetworkOfBottlenecksAgreesWithItsLayers(_ path: KernelPath, _ size: Size) {
        for threads in [1, 2, 5] {
            let parts = compare(Self.bottlenecks, size, threads, path)
            #expect(Set(parts) == ["border", "expansion", "gates", "projection", "features", "linear"], "\(parts)")
        }
    }

    /// Groups, a norm by itself, a squeeze by itself and a block of odd channels: nothing that kernels are for.
    private static let foreign: [any Layer] = [
        Conv2D(weight: .random([6, 1, 3, 3], seed: 71), padding: .symmetric(1)),
        BatchNorm(
            weight: .random([6], seed: 72), bias: .random([6], seed: 73), runningMean: .random([6], seed: 74),
            runningVariance: .random([6], in: 0.5...2, seed: 75), epsilon: 1e-5),
        Conv2D(weight: .random([8, 3, 3, 3], seed: 76), stride: 2, groups: 2),
        SqueezeExcite(
            reduce: Linear(weight: .random([4, 8], seed: 77), bias: .random([4], seed: 78), activation: .siLU),
            expand: Linear(weight: .random([8, 4], seed: 79), bias: .random([8], seed: 80), activation: .sigmoid)),
        MaxPool(kernel: 3, stride: 3),
        Conv2D(weight: .random([5, 8, 1, 1], seed: 81), bias: .random([5], seed: 82)),
    ]

    @Test(arguments: KernelPath.usable, sizes)
    func layersThatNobodyKnowsAreCalledAsTheyAre(_ path: KernelPath, _ size: Size) {
        let parts = compare(Self.foreign, size, 2, path)
        #expect(parts.filter { $0 == "unplanned" }.count == 3, "\(parts)")
        #expect(parts.filter { $0 == "convolution" }.count == 2, "\(parts)")
    }

    /// What lies between the layers, one picture after the other.
    @Test(arguments: KernelPath.usable) func activationsAreThoseOfTheLayers(_ path: KernelPath) {
        let size = Size(height: 20, width: 31)
        let network = PlannedNetwork(
            Self.bottlenecks, input: MapShape(size, channels: 1), workers: WorkerPool(threads: 2), path: path)
        let input = Tensor.random([3, size.height, size.width, 1], seed: 27)
        let observed = network.activations(after: [2, 6], for: input)
        var expected: [Float] = []
        for picture in 0..<3 {
            var map = Tensor(
                input.scalars[(picture * size.area)..<((picture + 1) * size.area)],
                shape: [1, size.height, size.width, 1])
            for (index, layer) in Self.bottlenecks.prefix(7).enumerated() {
                map = layer(map)
                if index == 2 || index == 6 { expected += map.scalars }
            }
        }
        let comparison = TensorComparison(
            Tensor(observed, shape: [observed.count]), Tensor(expected, shape: [expected.count]), relative: 1e-3,
            absolute: 1e-4)
        #expect(comparison.isClose, "\(comparison)")
    }

    /// Plans the layers and compares a batch with them; with two threads a second one in the memory of the first.
    ///
    /// - Returns: what each step is.
    private func compare(_ layers: [any Layer], _ size: Size, _ threads: Int, _ path: KernelPath) -> [String] {
        let network = PlannedNetwork(
            layers, input: MapShape(size, channels: 1), workers: WorkerPool(threads: threads), path: path)
        #expect(network.path == path)
        // One more than the threads: pictures that one computes alone, and one that they share.
        for seed in threads == 2 ? [91, 92] : [93] as [UInt64] {
            let input = Tensor.random([threads + 1, size.height, size.width, 1], in: -2...2, seed: seed)
            let comparison = TensorComparison(
                network(input), layers.reduce(input) { $1($0) }, relative: 1e-3, absolute: 1e-3)
            #expect(comparison.isClose, "\(threads) threads: \(comparison)")
        }
        var parts: [String] = []
        let picture = Tensor(zeros: [1, size.height, size.width, 1])
        network.repeatPass(1, on: picture) { parts.append($0.part) }
        return parts
    }
}
