// JSON with the names of `quality` in `emotion analyze --json`, see `Docs/Formats.md`.

extension CaptureQuality: Codable {
    /// Reads what ``encode(to:)`` and `emotion analyze --json` write.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            brightness: try container.decode(Double.self, forKey: .brightness),
            contrast: try container.decode(Double.self, forKey: .contrast),
            sharpness: try container.decode(Double.self, forKey: .sharpness),
            sidePixels: try container.decode(Double.self, forKey: .sidePixels),
            visiblePart: try container.decode(Double.self, forKey: .visiblePart),
            pose: try Self.pose(in: container), issues: try container.decode([CaptureIssue].self, forKey: .issues),
            score: try container.decode(Double.self, forKey: .score))
    }

    /// Writes everything that was measured; `good_enough` and `reason` follow from the issues and are not read back.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(isGoodEnough, forKey: .goodEnough)
        try container.encode(score, forKey: .score)
        try container.encode(issues, forKey: .issues)
        try container.encode(issue?.message, forKey: .reason)
        try container.encode(brightness, forKey: .brightness)
        try container.encode(contrast, forKey: .contrast)
        try container.encode(sharpness, forKey: .sharpness)
        try container.encode(sidePixels, forKey: .sidePixels)
        try container.encode(visiblePart, forKey: .visiblePart)
        try container.encode(pose?.roll, forKey: .roll)
        try container.encode(pose?.yaw, forKey: .yaw)
        try container.encode(pose?.pitch, forKey: .pitch)
    }

    /// All three angles, or null for each where there are no landmarks.
    private static func pose(in container: KeyedDecodingContainer<CodingKeys>) throws -> HeadPose? {
        guard let roll = try container.decodeIfPresent(Double.self, forKey: .roll) else { return nil }
        return HeadPose(
            roll: roll, yaw: try container.decode(Double.self, forKey: .yaw),
            pitch: try container.decode(Double.self, forKey: .pitch))
    }

    enum CodingKeys: String, CodingKey {
        case goodEnough = "good_enough"
        case score, issues, reason, brightness, contrast, sharpness
        case sidePixels = "side_pixels"
        case visiblePart = "visible_part"
        case roll, yaw, pitch
    }
}
