import ConsoleOutput
import EmotionDetection
import FaceMesh

extension MeshedFace {
    /// As `emotion mesh --json` prints it.
    var json: JSONValue {
        .object([
            .init("presence", .decimal(presence, digits: 6)),
            .init(
                "region",
                .object([
                    .init("center", .array([region.center.x, region.center.y].map { .decimal($0, digits: 4) })),
                    .init("side", .decimal(region.side, digits: 4)),
                    .init("angle_degrees", .decimal(region.angle * 180 / .pi, digits: 4)),
                ])),
            .init(
                "head_pose",
                .object([
                    .init("yaw", .decimal(turn.yaw, digits: 2)), .init("pitch", .decimal(turn.pitch, digits: 2)),
                    .init("roll", .decimal(turn.roll, digits: 2)),
                ])),
            .init("signals", .object(signals.members.map { .init($0, .decimal($1, digits: 4)) })),
            .init(
                "blendshapes",
                .object(Blendshape.allCases.map { .init($0.rawValue, .decimal(blendshapes[$0], digits: 4)) })),
            .init("points", .array(points.map { .array([$0.x, $0.y, $0.z].map { .decimal($0, digits: 3) }) })),
        ])
    }

    /// On one line, for people.
    var sentence: String {
        func text(_ value: Double, _ digits: Int = 0) -> String { FixedDecimal.text(value, digits: digits) ?? "?" }
        guard isPresent else { return "no face to be seen there (presence \(text(presence, 2)))" }
        return "yaw \(text(turn.yaw))°  pitch \(text(turn.pitch))°  roll \(text(turn.roll))°  "
            + "gaze \(text(signals.gaze.yaw))° \(text(signals.gaze.pitch))°  blink \(text(signals.blink, 2))  "
            + "smile \(text(signals.smile, 2))  brows \(text(signals.browsUp, 2)) \(text(-signals.browsDown, 2))  "
            + "jaw \(text(signals.jawOpen, 2))"
    }
}

extension FaceSignals {
    /// By the names of the JSON document.
    fileprivate var members: [(String, Double)] {
        [
            ("gaze_yaw", gaze.yaw), ("gaze_pitch", gaze.pitch), ("look_across", lookAcross), ("look_up", lookUp),
            ("blink_left", blinkLeft), ("blink_right", blinkRight), ("smile_left", smileLeft),
            ("smile_right", smileRight), ("smile_balance", smileBalance), ("brows_up", browsUp),
            ("brows_down", browsDown), ("jaw_open", jawOpen),
        ]
    }
}

extension Image {
    /// The picture with a fine mesh over each face and its contours a little stronger.
    func meshed(with faces: [MeshedFace], edges: [(Int, Int)]) -> Image {
        var canvas = Canvas(self)
        for face in faces where face.isPresent {
            // Points have the middle of the first pixel at (0, 0), a canvas its corner.
            let points = face.points.map { Point(x: $0.x + 0.5, y: $0.y + 0.5) }
            let width = min(max(face.region.side / 400, 0.4), 2.5)
            for (first, second) in edges {
                canvas.line(from: points[first], to: points[second], thickness: width, color: .white, opacity: 0.4)
            }
            for contour in MeshContour.allCases {
                let line = contour.points
                for (first, second) in zip(line, line.dropFirst()) {
                    canvas.line(
                        from: points[first], to: points[second], thickness: width * 1.8, color: contour.color,
                        opacity: 0.9)
                }
            }
        }
        return canvas.image
    }
}

extension MeshContour {
    /// Told apart on skin, bright and dark grounds.
    fileprivate var color: Color {
        switch self {
        case .outline: Color(hex: 0xE8EDF2)
        case .leftBrow, .rightBrow: Color(hex: 0xFFC53D)
        case .leftEye, .rightEye: Color(hex: 0x2EC4B6)
        case .leftIris, .rightIris: Color(hex: 0x3E8BFF)
        case .outerLips, .innerLips: Color(hex: 0xF2727F)
        }
    }
}
