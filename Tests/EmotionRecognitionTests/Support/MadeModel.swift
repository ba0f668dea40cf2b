import EmotionRecognition
import NeuralLayers
import TensorEngine
import TestSupport
import WeightFile

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A weight file with an EfficientNet-B0 of random, seeded weights, so that shapes other than B2's are run as well.
struct MadeModel {
    private static let hidden = 20
    private var writer: WeightWriter
    private var generator = SeededGenerator(seed: 50)

    /// The network of a file that is gone again once it has been read.
    static func load() throws -> LayeredClassifier {
        let path = "/tmp/made-model-\(getpid())-\(UInt64.random(in: 0...UInt64.max)).safetensors"
        defer { unlink(path) }
        var model = MadeModel()
        model.addNetwork(EfficientNetConfiguration(.b0))
        try model.writer.write(to: path)
        return try LayeredClassifier(contentsOf: path)
    }

    private init() {
        writer = WeightWriter(metadata: [
            "name": "made", "version": "1", "architecture": "efficientnet_b0", "padding": "symmetric",
            "batch_norm_epsilon": "1e-05", "input_height": "224", "input_width": "224", "mean": "0,0,0",
            "std": "1,1,1", "labels": "angry,disgust,fear,happy,sad,surprise,neutral", "head": "1280,\(Self.hidden),7",
            "calibration_temperature": "1", "uncertain_below": "0.4", "color": "rgb", "heads": "fer2013",
            "served_head": "fer2013", "resampling": "pillow-bilinear",
        ])
    }

    private mutating func addNetwork(_ configuration: EfficientNetConfiguration) {
        addConvolution("backbone.conv_stem", [configuration.stemChannels, 3, 3, 3])
        addNorm("backbone.bn1", configuration.stemChannels)
        var last = 0
        for (stage, blocks) in configuration.stages.enumerated() {
            for (index, block) in blocks.enumerated() {
                addBlock("backbone.blocks.\(stage).\(index)", block)
                last = block.outputChannels
            }
        }
        addConvolution("backbone.conv_head", [configuration.features, last, 1, 1])
        addNorm("backbone.bn2", configuration.features)
        addLinear("head.1", [Self.hidden, configuration.features])
        addLinear("head.4", [7, Self.hidden])
    }

    private mutating func addBlock(_ name: String, _ block: BlockConfiguration) {
        let isPlain = block.expansion == 1
        let width = block.inputChannels * block.expansion
        if !isPlain {
            addConvolution("\(name).conv_pw", [width, block.inputChannels, 1, 1])
            addNorm("\(name).bn1", width)
        }
        addConvolution("\(name).conv_dw", [width, 1, block.kernel, block.kernel])
        addNorm(isPlain ? "\(name).bn1" : "\(name).bn2", width)
        addLinear("\(name).se.conv_reduce", [block.reducedChannels, width, 1, 1])
        addLinear("\(name).se.conv_expand", [width, block.reducedChannels, 1, 1])
        addConvolution(isPlain ? "\(name).conv_pw" : "\(name).conv_pwl", [block.outputChannels, width, 1, 1])
        addNorm(isPlain ? "\(name).bn2" : "\(name).bn3", block.outputChannels)
    }

    /// Weights that leave the activations about as large as they are.
    private mutating func addConvolution(_ name: String, _ shape: Shape) {
        let products = Float(shape.count / shape[0])
        add("\(name).weight", shape, around: 0, by: (6 / products).squareRoot())
    }

    private mutating func addLinear(_ name: String, _ shape: Shape) {
        addConvolution(name, shape)
        add("\(name).bias", [shape[0]], around: 0, by: 0.5)
    }

    private mutating func addNorm(_ name: String, _ channels: Int) {
        add("\(name).weight", [channels], around: 1, by: 0.3)
        add("\(name).bias", [channels], around: 0, by: 0.3)
        add("\(name).running_mean", [channels], around: 0, by: 0.3)
        add("\(name).running_var", [channels], around: 1, by: 0.5)
    }

    private mutating func add(_ name: String, _ shape: Shape, around middle: Float, by range: Float) {
        let values = (0..<shape.count).map { _ in
            Float.random(in: (middle - range)...(middle + range), using: &generator)
        }
        writer.add(Tensor(values, shape: shape), named: name, as: .float32)
    }
}
