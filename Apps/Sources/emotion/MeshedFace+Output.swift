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
            .init("signals", .object(signals.named.map { .init($0.name, .decimal($0.value, digits: 4)) })),
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
