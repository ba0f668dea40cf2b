import EmotionDetection
import TensorEngine
import WeightFile

/// Cascades made of the input's numbers; one that is accepted then looks at a picture.
enum CascadeTarget {
    static func run(_ input: [UInt8]) {
        ScratchFile.write(input)
        _ = try? HaarCascade(contentsOf: ScratchFile.path)
        var source = ByteSource(input)
        let sides = (0..<2).map { _ in source.byte() }
        var writer = WeightWriter(metadata: [
            "format_version": "1", "window_height": sides[0] == 255 ? source.text() : "\(sides[0])",
            "window_width": sides[1] == 255 ? source.text() : "\(sides[1])",
        ])
        add("stages", rows: source.number(in: 1...6), columns: [2], to: &writer, from: &source)
        add("stumps", rows: source.number(in: 1...12), columns: [4], to: &writer, from: &source)
        add("features", rows: source.number(in: 1...12), columns: [3, 5], to: &writer, from: &source)
        guard (try? writer.write(to: ScratchFile.path)) != nil,
            let cascade = try? HaarCascade(
                contentsOf: ScratchFile.path,
                configuration: .init(scaleFactor: 1.3, minimumNeighbors: 1, minimumFace: 0))
        else { return }
        let image = DetectorTarget.image(width: 70, height: 50, tiling: source.rest)
        for face in cascade.detect(in: image) {
            precondition(image.bounds.intersection(face.imageBox).area > 0, "a face outside of the picture")
        }
    }

    private static func add(
        _ name: String, rows: Int, columns: [Int], to writer: inout WeightWriter, from source: inout ByteSource
    ) {
        let shape = Shape([rows] + columns)
        let scalars = (0..<shape.count).map { _ in source.structuralFloat() }
        writer.add(Tensor(scalars, shape: shape), named: name, as: .float32)
    }
}
