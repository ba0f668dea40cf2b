import EmotionDetection
import TensorEngine
import WeightFile

/// Weight files: the input as a file, and the input as names, shapes and metadata of a file with a right digest.
enum WeightsTarget {
    /// What a network's file says about itself, so that inputs get to the values.
    private static let keys = [
        "format_version", "name", "version", "architecture", "labels", "head", "mean", "std", "input_height",
        "input_width", "resampling", "color", "padding", "batch_norm_epsilon", "calibration_temperature",
        "uncertain_below", "heads", "served_head",
    ]

    static func run(_ input: [UInt8]) {
        ScratchFile.write(input)
        read()
        guard input.first == UInt8(ascii: "{") else { return }
        writeFile(from: Array(input.dropFirst()))
        read()
    }

    private static func read() {
        guard let file = try? WeightReader(contentsOf: ScratchFile.path) else { return }
        for (name, shape) in file.shapes {
            precondition(shape.count < 1 << 28, "tensor larger than any input")
            _ = try? file.root.tensor(name, shape: shape)
        }
        try? file.requireEverythingRead()
        _ = try? ModelDescription(contentsOf: ScratchFile.path)
        _ = try? EmotionClassifier(contentsOf: ScratchFile.path)
        _ = try? MTCNN(contentsOf: ScratchFile.path)
    }

    private static func writeFile(from input: [UInt8]) {
        var source = ByteSource(input)
        var metadata: [String: String] = [:]
        for key in keys where source.byte() & 1 == 0 { metadata[key] = source.text() }
        var writer = WeightWriter(metadata: metadata)
        for _ in 0..<(source.byte() & 7) {
            let name = source.text()
            let shape = Shape((0..<(source.byte() & 3)).map { _ in source.number(in: 0...5) })
            let tensor = Tensor((0..<shape.count).map { _ in source.structuralFloat() }, shape: shape)
            writer.add(tensor, named: name, as: source.byte() & 1 == 0 ? .float32 : .float16)
        }
        try? writer.write(to: ScratchFile.path)
    }
}
