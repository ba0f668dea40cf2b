import ConsoleOutput
import EmotionDetection
import ImageCodecs

extension PictureAnalysis {
    /// The picture with each face's box, landmarks, expression and confidence drawn over it.
    var overlay: Image { image.annotated(with: result.faces.map(\.annotation)) }

    /// Writes ``overlay`` to `path` in the format that the path's suffix names.
    func writeOverlay(to path: String) throws(PictureFailure) {
        do {
            try ImageEncoder.write(overlay, to: path, as: OverlayFormat(path: path)?.encoding ?? .png)
        } catch {
            throw PictureFailure(error, path: path)
        }
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

    var encoding: ImageEncoder.Encoding {
        switch self {
        case .png: .png
        case .jpeg: .jpeg(quality: 92)
        }
    }
}
