package import NeuralLayers
package import TensorEngine
package import WeightFile

/// The network layer by layer, as it is written down in the papers: what the planned network is compared with.
package struct LayeredClassifier: Sendable {
    package let specification: ModelSpecification
    package let backbone: EfficientNet
    /// The served head.
    let head: ClassificationHead

    /// As ``EmotionClassifier/init(contentsOf:workers:kernels:)``.
    package init(contentsOf path: String, workers: WorkerPool = .shared) throws(WeightError) {
        self = try WeightReader.read(path, sharedBy: workers) { file throws(WeightError) in
            try LayeredClassifier(from: file, workers: workers)
        }
    }

    /// As ``init(contentsOf:workers:)`` from an open file; the layers' weights may stay in it.
    init(from file: WeightReader, workers: WorkerPool) throws(WeightError) {
        specification = try ModelSpecification(of: file)
        let configuration = EfficientNetConfiguration(
            specification.variant, padding: specification.padding,
            batchNormEpsilon: specification.batchNormEpsilon)
        let widths = specification.headWidths
        guard widths[0] == configuration.features, widths[2] == specification.labels.count else {
            let value = widths.map(String.init).joined(separator: ",")
            throw .invalidMetadata(path: file.path, key: "head", value: value)
        }
        backbone = try EfficientNet(from: file.root.child("backbone"), configuration, workers: workers)
        // All heads are read, so that a file is refused for a damaged one even where another is served.
        var heads: [HeadKind: ClassificationHead] = [:]
        for kind in specification.heads {
            heads[kind] = try ClassificationHead(from: file.root.child(kind.scopeName), widths: widths)
        }
        guard let served = heads[specification.servedHead] else {
            throw .invalidMetadata(path: file.path, key: "served_head", value: specification.servedHead.rawValue)
        }
        head = served
        try file.requireEverythingRead()
    }

    /// - Parameter input: `[N, H, W, 3]` as ``ModelSpecification/input(from:)`` makes it.
    /// - Returns: `[N, 7]` of the served head, in the order of the specification's labels.
    package func logits(for input: Tensor) -> Tensor { head(backbone(input)) }

    /// All layers in order.
    package var layers: [any Layer] { backbone.layers + [head.hidden, head.output] }
}
