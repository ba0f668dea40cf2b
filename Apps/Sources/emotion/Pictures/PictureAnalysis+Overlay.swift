import ArgumentParser
import ConsoleOutput
import EmotionDetection
import ImageCodecs

extension PictureAnalysis {
    /// The picture as it was decoded with each face's box, landmarks, expression and confidence drawn over it, and the
    /// meshes below where they were asked for.
    var overlay: Image {
        let ground = meshes.map { picture.image.meshed(with: $0.faces.compactMap(\.self), by: $0.drawing) }
        return (ground ?? picture.image).annotated(with: found.faces.map(\.annotation))
    }

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

    /// Refuses an overlay of a format that is not known, or of several pictures.
    static func check(_ overlay: String?, for pictures: PictureArguments) throws {
        guard let overlay else { return }
        if OverlayFormat(path: overlay) == nil {
            throw ValidationError("--overlay writes .png, .jpg or .jpeg files, not \(overlay).")
        }
        if pictures.images.count > 1 || pictures.images.contains(where: { $0.hasPrefix("@") }) {
            throw ValidationError("--overlay takes one picture.")
        }
    }

    /// Refuses an overlay where a folder turned out to hold several pictures.
    static func check(_ overlay: String?, for items: [PictureItem]) throws {
        if overlay != nil && items.count > 1 {
            throw ValidationError("--overlay takes one picture, and \(items.count) were found.")
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
