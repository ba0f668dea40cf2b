import ConsoleOutput
import EmotionDetection

extension DetectedFace {
    /// Box, score, landmarks and stage, as `emotion detect` and `emotion analyze` print them.
    var jsonMembers: [JSONValue.Member] {
        [
            .init("face_box", imageBox.json),
            .init("detection_score", .decimal(Double(score), digits: 6)),
            .init("landmarks", landmarks?.json ?? .null),
            .init("detection_stage", .string(stage.rawValue)),
        ]
    }
}

extension Rect {
    /// `[x, y, width, height]` in pixels.
    var json: JSONValue { .array([x, y, width, height].map { .decimal($0, digits: 2) }) }
}

extension Landmarks {
    /// The five points by name, each `[x, y]` in pixels.
    fileprivate var json: JSONValue {
        let named = [
            ("left_eye", leftEye), ("right_eye", rightEye), ("nose", nose), ("mouth_left", mouthLeft),
            ("mouth_right", mouthRight),
        ]
        return .object(
            named.map { name, point in
                .init(name, .array([.decimal(point.x, digits: 2), .decimal(point.y, digits: 2)]))
            })
    }
}
