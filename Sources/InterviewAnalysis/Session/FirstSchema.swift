import Emotions

/// The parts of schema version 1 that have other names or shapes today, read and brought up to date.
///
/// Version 1 called the box `face_position`, the stage `detector` with names in camel case, and kept of the quality the
/// score alone. Its rule for stress events is no more; today's takes its place.
enum FirstSchema {
    static let version = 1

    /// A scored frame.
    struct Frame: Decodable {
        let frame: FrameData

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            var observation = FaceObservation(
                emotions: try container.decode(EmotionScores.self, forKey: .emotions),
                box: try container.decodeIfPresent(PixelBox.self, forKey: .facePosition),
                faceID: try container.decode(Int32.self, forKey: .faceID),
                stage: try container.decode(Stage.self, forKey: .detector).current,
                quality: try Self.quality(container))
            observation.detectionScore = try container.decodeIfPresent(Double.self, forKey: .detectionScore)
            frame = FrameData(
                frame: try container.decode(Int.self, forKey: .frame),
                timestamp: try container.decode(Double.self, forKey: .timestamp), observation: observation,
                confidenceScore: try container.decode(Double.self, forKey: .confidenceScore),
                smoothedConfidence: try container.decode(Double.self, forKey: .smoothedConfidence))
        }

        private static func quality(_ container: KeyedDecodingContainer<CodingKeys>) throws -> FrameQuality? {
            guard let score = try container.decodeIfPresent(Double.self, forKey: .quality) else { return nil }
            guard (0...1).contains(score) else {
                throw DecodingError.dataCorruptedError(
                    forKey: .quality, in: container, debugDescription: "a quality of \(score), which runs from 0 to 1")
            }
            return FrameQuality(score: score)
        }

        enum CodingKeys: String, CodingKey {
            case frame, timestamp, emotions, detector, quality
            case confidenceScore = "confidence_score"
            case smoothedConfidence = "smoothed_confidence"
            case facePosition = "face_position"
            case faceID = "face_id"
            case detectionScore = "detection_score"
        }
    }

    /// The detector's stages under their old names.
    enum Stage: String, Decodable {
        case mtcnn, haarCascade, centerRegion

        var current: DetectionStage {
            switch self {
            case .mtcnn: .mtcnn
            case .haarCascade: .haarCascade
            case .centerRegion: .centerRegion
            }
        }
    }

    /// A line of a journal.
    struct Entry: Decodable {
        let entry: SessionEntry

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: SessionEntry.CodingKeys.self)
            if let old = try container.decodeIfPresent(Frame.self, forKey: .frame) {
                entry = .frame(old.frame)
            } else {
                entry = try SessionEntry(from: decoder)
            }
        }
    }

    /// A configuration without the rule for stress events.
    struct Configuration: Decodable {
        let configuration: AnalyzerConfiguration

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: AnalyzerConfiguration.CodingKeys.self)
            var configuration = AnalyzerConfiguration(
                spikeBaseline: try container.decode(AnalyzerConfiguration.SpikeBaseline.self, forKey: .spikeBaseline),
                scoresFallback: try container.decode(Bool.self, forKey: .scoresFallback),
                minimumCoverage: try container.decode(Double.self, forKey: .minimumCoverage),
                uncertainty: try container.decode(UncertaintyRule.self, forKey: .uncertainty),
                restingFace: try container.decodeIfPresent(RestingFaceProfile.self, forKey: .restingFace))
            configuration.windowSize = try container.decode(Int.self, forKey: .windowSize)
            configuration.spikeThreshold = try container.decode(Double.self, forKey: .spikeThreshold)
            configuration.spikeFrames = try container.decode(Int.self, forKey: .spikeFrames)
            self.configuration = configuration
        }
    }

    /// The first line of a journal.
    struct Header: Decodable {
        let configuration: Configuration
        let details: SessionDetails
    }

    /// A session file.
    struct Record: Decodable {
        let details: SessionDetails
        let configuration: Configuration
        let questions: [QuestionMarker]
        let frames: [Frame]
        let missed: [MissedFrame]
        let summary: Summary
    }

    /// The part of a summary whose meaning has not changed.
    struct Summary: Decodable {
        struct Score: Decodable {
            let value: Double?
        }
        let score: Score
    }
}

extension SessionRecord {
    /// Brings a record of version 1 up to date: told to an analyzer again, summarised by today's rules.
    init(_ old: FirstSchema.Record) throws(SessionError) {
        let configuration = old.configuration.configuration
        try configuration.checkField()
        try old.details.check()
        try old.questions.check()
        var analyzer = InterviewEmotionAnalyzer(configuration: configuration, clock: { 0 })
        try analyzer.replayChecking(frames: old.frames.map(\.frame), missed: old.missed)
        for question in old.questions { analyzer.mark(question) }
        self.init(of: analyzer, details: old.details)
        try checkScore(stored: old.summary)
    }
}
