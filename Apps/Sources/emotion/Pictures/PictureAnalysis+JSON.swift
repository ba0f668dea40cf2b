import ConsoleOutput
import EmotionDetection

extension PictureAnalysis {
    /// The JSON object of `emotion analyze --json`; the keys at the top describe the first face.
    var json: JSONValue {
        let face = result.primaryFace
        return .object(
            JSONValue.Member.image(path) + [
                .init("success", .boolean(true)),
                .init("face_detected", .boolean(result.faceDetected)),
                .init("dominant_emotion", face.map { .string($0.dominantEmotion.rawValue) } ?? .null),
                .init("confidence", face.map { .decimal($0.confidence, digits: 6) } ?? .null),
                .init("uncertain", face.map { .boolean($0.isUncertain) } ?? .null),
                .init("emotions", face.map(\.scores.json) ?? .object([])),
                .init("face_box", face.map(\.box.json) ?? .null),
                .init(
                    "faces",
                    .array(
                        result.faces.enumerated().map { number, face in
                            face.json(quality: quality(of: face), mesh: meshMember(of: number))
                        })),
                .init("model", model.json),
                .init("timings_ms", timings),
            ] + picture.jsonMembers)
    }

    /// The mesh of a face, as `emotion mesh --json` has it; nothing where meshes were not asked for.
    private func meshMember(of face: Int) -> [JSONValue.Member] {
        guard let meshes else { return [] }
        let mesh = meshes.faces[face]?.scaled(by: Double(picture.reduction))
        return [.init("mesh", mesh?.json ?? .null)]
    }

    private var timings: JSONValue {
        let milliseconds: [(String, Double)] =
            [
                ("decode", decodeMilliseconds), ("load", result.timings.loadMilliseconds),
                ("detect", result.timings.faceSearchMilliseconds),
                ("classify", result.timings.classificationMilliseconds),
            ] + (meshes == nil ? [] : [("mesh", meshMilliseconds)]) + [("total", totalMilliseconds)]
        return .object(milliseconds.map { .init($0.0, .decimal($0.1, digits: 2)) })
    }
}

extension FaceEmotion {
    /// One entry of `faces`.
    fileprivate func json(quality: CaptureQuality?, mesh: [JSONValue.Member]) -> JSONValue {
        .object(
            [
                .init("face_detected", .boolean(faceDetected)),
                .init("dominant_emotion", .string(dominantEmotion.rawValue)),
                .init("confidence", .decimal(confidence, digits: 6)),
                .init("uncertain", .boolean(isUncertain)),
                .init("emotions", scores.json),
            ] + face.jsonMembers + [.init("quality", quality?.json ?? .null)] + mesh)
    }
}

extension CaptureQuality {
    /// What was measured, and what is wrong with it, the worst first; `reason` is for the person before the camera.
    fileprivate var json: JSONValue {
        .object([
            .init("good_enough", .boolean(isGoodEnough)),
            .init("score", .decimal(score, digits: 3)),
            .init("issues", .array(issues.map { .string($0.rawValue) })),
            .init("reason", issue.map { .string($0.message) } ?? .null),
            .init("brightness", .decimal(brightness, digits: 3)),
            .init("contrast", .decimal(contrast, digits: 3)),
            .init("sharpness", .decimal(sharpness, digits: 3)),
            .init("side_pixels", .decimal(sidePixels, digits: 1)),
            .init("visible_part", .decimal(visiblePart, digits: 3)),
            .init("roll", pose.map { .decimal($0.roll, digits: 1) } ?? .null),
            .init("yaw", pose.map { .decimal($0.yaw, digits: 1) } ?? .null),
            .init("pitch", pose.map { .decimal($0.pitch, digits: 1) } ?? .null),
        ])
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
