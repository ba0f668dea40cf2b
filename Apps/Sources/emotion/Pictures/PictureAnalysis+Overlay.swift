import ConsoleOutput
import EmotionDetection
import ImageCodecs

extension PictureAnalysis {
    /// The picture as it was decoded with each face's box, landmarks, expression and confidence drawn over it.
    var overlay: Image { picture.image.annotated(with: found.faces.map(\.annotation)) }

    /// The content of a file of ``overlay``.
    func encodedOverlay(as format: OverlayFormat) throws(PictureFailure) -> [UInt8] {
        do { return try format.encode(overlay) } catch { throw PictureFailure(error) }
    }
}

extension FaceEmotion {
    fileprivate var annotation: FaceAnnotation {
        let percent = FixedDecimal.text(confidence * 100, digits: 0) ?? "?"
        return FaceAnnotation(
            box: box, title: dominantEmotion.rawValue, detail: faceDetected ? "\(percent) %" : "no face found",
            points: landmarks?.points ?? [],
            scores: Emotion.allCases.map { .init(label: $0.rawValue, value: scores[$0]) })
    }
}

/// The file formats of an overlay, known by the suffix of its name.
enum OverlayFormat: Equatable {
    case png, jpeg

    /// The format that `path` asks for; nil where it names none of them.
    init?(path: String) {
        switch path.split(separator: ".").last?.lowercased() {
        case "png": self = .png
        case "jpg", "jpeg": self = .jpeg
        default: return nil
        }
    }

    /// The content of a file in this format.
    func encode(_ image: Image) throws(ImageEncodingError) -> [UInt8] {
        switch self {
        case .png: try ImageEncoder.png(image)
        case .jpeg: try ImageEncoder.jpeg(image, quality: 92)
        }
    }
}
