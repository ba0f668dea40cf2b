/// A frame of a session that has no score, and why.
public struct MissedFrame: Codable, Sendable, Hashable {
    public let frame: Int
    /// Seconds since the session began.
    public let timestamp: Double
    public let reason: SkipReason
    /// What the face did, where its mesh was followed through a frame that was left out on purpose.
    public let movements: FaceMovements?

    public init(frame: Int, timestamp: Double, reason: SkipReason, movements: FaceMovements? = nil) {
        self.frame = frame
        self.timestamp = timestamp
        self.reason = reason
        self.movements = movements
    }
}

/// Why a frame was not scored.
public enum SkipReason: String, Codable, Sendable, Hashable, CaseIterable {
    /// Left out on purpose: every N-th frame, or the budget was spent. Does not count against coverage.
    case sampling
    /// Nobody is to be seen.
    case noFace = "no_face"
    /// Too dark, blurred, far or turned to be judged.
    case lowQuality = "low_quality"
    /// The interviewee's face is partly covered, by a hand or by somebody who passes.
    case occluded
    /// Another face is so near that a picture of one holds part of the other.
    case crowded
    /// Somebody is to be seen, but not the interviewee.
    case otherPerson = "other_person"
    /// Somebody is to be seen, and nobody has been taken for the interviewee yet.
    case undecided
    /// The picture could not be decoded.
    case unreadable
}
