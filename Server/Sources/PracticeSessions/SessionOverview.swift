internal import FoundationEssentials
public import InterviewAnalysis
public import ReplyJSON
public import SessionStore

/// A session in short: what lists and comparisons of sessions need.
public struct SessionOverview: Sendable {
    public let header: StoredSessionHeader
    let digest: Digest

    /// The part that rests on the entries, kept in the store with their number.
    struct Digest: Codable, Sendable {
        let past: PastSession
        let confidenceScore: Double?
        let hasRestingFace: Bool

        init(of record: SessionRecord) {
            past = PastSession(of: record, name: record.details.startedAt ?? "Session")
            confidenceScore = record.summary.score.value
            hasRestingFace = record.configuration.restingFace != nil
        }

        enum CodingKeys: String, CodingKey {
            case past
            case confidenceScore = "confidence_score"
            case hasRestingFace = "has_resting_face"
        }
    }

    /// What other sessions are compared with.
    public var past: PastSession { digest.past }

    /// - Parameter retention: seconds after which an unchanged session is deleted; nil for never.
    public func json(retention: Double?) -> JSONValue {
        func time(_ seconds: Double) -> JSONValue {
            .string(SessionDate(secondsSince1970: Int(seconds)).iso8601)
        }
        return [
            "id": .string(header.id.uuidString.lowercased()), "title": .text(header.title),
            "started_at": .string(header.startedAt), "created_at": time(header.createdAt),
            "updated_at": time(header.updatedAt),
            "expires_at": retention.map { time(header.updatedAt + $0) } ?? .null,
            "frame_count": .integer(header.frameCount), "question_count": .integer(header.questionCount),
            "duration_seconds": .number(header.durationSeconds),
            "confidence_score": digest.confidenceScore.map { .rounded($0, digits: 6) } ?? .null,
            "coverage": .rounded(digest.past.coverage, digits: 6), "has_resting_face": .boolean(digest.hasRestingFace),
        ]
    }
}

/// What a capture of a resting face came to.
public struct RestingCapture: Sendable {
    /// Nil where the capture was unfit.
    public let profile: RestingFaceProfile?
    public let refusal: RestingFaceError?
    /// How much of a capture it was, 0…1.
    public let progress: Double
    /// Frames that showed a face.
    public let frameCount: Int

    public var json: JSONValue {
        [
            "success": true, "accepted": .boolean(profile != nil), "reason": .text(refusal.map { "\($0)" }),
            "progress": .rounded(progress, digits: 3), "resting": profile?.resting.json ?? .null,
            "frame_count": .integer(frameCount),
        ]
    }
}
