import ConsoleOutput
import EmotionDetection

extension PictureAnalysis {
    /// The JSON object of `emotion analyze --json`; the keys at the top describe the largest face.
    var json: JSONValue {
        let face = result.primaryFace
        return .object([
            .init("image", .string(path)),
            .init("success", .boolean(true)),
            .init("face_detected", .boolean(result.faceDetected)),
            .init("dominant_emotion", face.map { .string($0.dominantEmotion.rawValue) } ?? .null),
            .init("confidence", face.map { .decimal($0.confidence, digits: 6) } ?? .null),
            .init("uncertain", face.map { .boolean($0.isUncertain) } ?? .null),
            .init("emotions", face.map(\.scores.json) ?? .object([])),
            .init("face_box", face.map(\.box.json) ?? .null),
            .init("faces", .array(result.faces.map(\.json))),
            .init("model", model.json),
            .init("timings_ms", timings),
        ])
    }

    private var timings: JSONValue {
        let milliseconds = [
            ("decode", decodeMilliseconds), ("load", result.timings.loadMilliseconds),
            ("detect", result.timings.faceSearchMilliseconds),
            ("classify", result.timings.classificationMilliseconds), ("total", totalMilliseconds),
        ]
        return .object(milliseconds.map { .init($0.0, .decimal($0.1, digits: 2)) })
    }
}

extension FaceEmotion {
    /// One entry of `faces`.
    fileprivate var json: JSONValue {
        .object(
            [
                .init("face_detected", .boolean(faceDetected)),
                .init("dominant_emotion", .string(dominantEmotion.rawValue)),
                .init("confidence", .decimal(confidence, digits: 6)),
                .init("uncertain", .boolean(isUncertain)),
                .init("emotions", scores.json),
            ] + face.jsonMembers)
    }
}

extension EmotionScores {
    fileprivate var json: JSONValue {
        .object(Emotion.allCases.map { .init($0.rawValue, .decimal(self[$0], digits: 6)) })
    }
}

extension ModelSpecification {
    fileprivate var json: JSONValue {
        .object([
            .init("name", .string(name)), .init("version", .string(version)), .init("sha256", .string(sha256)),
        ])
    }
}
