import Emotions

/// The parts of schema version 1 that have other names or shapes today, read and brought up to date.
///
/// Version 1 called the box `face_position`, the stage `detector` with names in camel case, and kept of the quality the
/// score alone.
enum FirstSchema {
    static let version = 1

    /// A scored frame.
    struct Frame: Decodable {
        let frame: FrameData

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            let observation = FaceObservation(
                emotions: try container.decode(EmotionScores.self, forKey: .emotions),
                box: try container.decodeIfPresent(FaceBox.self, forKey: .facePosition),
                faceID: try container.decode(Int32.self, forKey: .faceID),
                source: try container.decode(Stage.self, forKey: .detector).source,
                detectionScore: try container.decodeIfPresent(Double.self, forKey: .detectionScore),
                quality: try Self.quality(container))
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

        var source: FaceSource {
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

    /// A session file.
    struct Record: Decodable {
        let details: SessionDetails
        let configuration: AnalyzerConfiguration
        let questions: [QuestionMarker]
        let frames: [Frame]
        let missed: [MissedFrame]
    }
}

extension SessionRecord {
    /// Brings a record of version 1 up to date: told to an analyzer again, summarised by today's rules.
    init(_ old: FirstSchema.Record) throws(SessionError) {
        do throws(AnalyzerError) {
            try old.configuration.check()
            var analyzer = InterviewEmotionAnalyzer(configuration: old.configuration, clock: { 0 })
            for entry in SessionEntry.merged(frames: old.frames.map(\.frame), missed: old.missed) {
                try analyzer.replay(entry)
            }
            for question in old.questions { analyzer.mark(question) }
            self.init(of: analyzer, details: old.details)
        } catch {
            throw .impossible(error)
        }
    }
}
