package import NeuralLayers
package import TensorEngine
package import WeightFile

/// The convolutional backbone: stem, seven stages of blocks, last convolution, global average pool.
///
/// Every batch norm is folded into its convolution as the weights are read.
///
/// - Source: Tan and Le, 2019, arXiv:1905.11946; timm 1.0 `timm/models/efficientnet.py`, whose `state_dict` names it reads.
package struct EfficientNet: Layer {
    package let stem: Conv2D
    package let stages: [[MBConv]]
    package let head: Conv2D

    /// Reads `conv_stem`, `bn1`, `blocks.<stage>.<block>`, `conv_head` and `bn2` below `scope`.
    ///
    /// - Parameter workers: the threads that share the reading.
    /// - Throws: ``WeightError`` naming the tensor that is missing or of another shape.
    package init(
        from scope: WeightScope, _ configuration: EfficientNetConfiguration, workers: WorkerPool = .current
    ) throws(WeightError) {
        let epsilon = configuration.batchNormEpsilon
        stem = try Conv2D(
            from: scope.child("conv_stem"), inputChannels: 3, outputChannels: configuration.stemChannels,
            window: ConvolutionWindow(side: 3, stride: 2, padding: configuration.padding.padding(kernel: 3)),
            bias: false
        ).folding(
            try BatchNorm(from: scope.child("bn1"), channels: configuration.stemChannels, epsilon: epsilon),
            activation: .siLU)
        stages = try Self.readStages(from: scope, configuration, workers)
        let last = configuration.stages.last?.last?.outputChannels ?? configuration.stemChannels
        head = try Conv2D(
            from: scope.child("conv_head"), inputChannels: last, outputChannels: configuration.features,
            window: ConvolutionWindow(side: 1), bias: false
        ).folding(
            try BatchNorm(from: scope.child("bn2"), channels: configuration.features, epsilon: epsilon),
            activation: .siLU)
    }

    /// The blocks of all stages, read by all of the pool's threads: expanding, folding and reordering the weights takes
    /// most of loading.
    private static func readStages(
        from scope: WeightScope, _ configuration: EfficientNetConfiguration, _ workers: WorkerPool
    ) throws(WeightError) -> [[MBConv]] {
        let places = configuration.stages.enumerated().flatMap { stage, blocks in
            blocks.indices.map { (stage: stage, index: $0) }
        }
        let results = LockedState([Result<MBConv, WeightError>?](repeating: nil, count: places.count))
        workers.run(places.count) { task in
            // The last blocks are the largest: begun first, so that what is left at the end is small.
            let number = places.count - 1 - task
            let place = places[number]
            let result = Result { () throws(WeightError) in
                try MBConv(
                    from: scope.child("blocks.\(place.stage).\(place.index)"),
                    configuration.stages[place.stage][place.index])
            }
            results.withLock { $0[number] = result }
        }
        var stages = [[MBConv]](repeating: [], count: configuration.stages.count)
        for (place, result) in zip(places, results.withLock { $0 }) {
            if let block = try result?.get() { stages[place.stage].append(block) }
        }
        return stages
    }

    /// The features of each picture.
    ///
    /// - Parameter input: `[N, H, W, 3]`, RGB, normalised as the weights' file says.
    /// - Returns: `[N, features]`.
    package func callAsFunction(_ input: Tensor) -> Tensor { featureMaps(input) { _, _ in } }

    /// As calling the network, showing each map on the way: 0 for the stem, then 1…7 for the stages.
    package func featureMaps(_ input: Tensor, _ inspect: (Int, Tensor) -> Void) -> Tensor {
        var map = stem(input)
        inspect(0, map)
        for (index, stage) in stages.enumerated() {
            for block in stage { map = block(map) }
            inspect(index + 1, map)
        }
        return head(map).globalAveragePooled()
    }

    /// The layers in order, the pooling of the features last: what a planned network is made from.
    package var layers: [any Layer] {
        let blocks: [any Layer] = Array(stages.joined())
        return [stem] + blocks + [head, GlobalAveragePool()]
    }
}
