extension EmotionScores: Codable {
    /// Reads `{"happy": 0.6, "neutral": 0.4}`; an emotion that is absent has 0, a name that is none is an error.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: EmotionName.self)
        var scores = EmotionScores([:])
        for key in container.allKeys {
            guard let emotion = Emotion(rawValue: key.stringValue) else {
                throw DecodingError.dataCorruptedError(
                    forKey: key, in: container, debugDescription: "\(key.stringValue) is none of the seven emotions")
            }
            scores[emotion] = try container.decode(Double.self, forKey: key)
        }
        self = scores
    }

    /// Writes all seven by name.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: EmotionName.self)
        for emotion in Emotion.allCases {
            try container.encode(self[emotion], forKey: EmotionName(stringValue: emotion.rawValue))
        }
    }
}

/// Any key of a JSON object, so that foreign names are seen and not skipped.
private struct EmotionName: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}
