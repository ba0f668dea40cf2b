import Emotions

/// How much of a stretch the scores rest on: what became of each of its frames.
public struct Coverage: Codable, Sendable, Hashable {
    /// A face was found and scored.
    public let analysed: Int
    /// The middle of the picture stood in for a face.
    public let fallback: Int
    /// Nobody was to be seen.
    public let noFace: Int
    /// Somebody was to be seen who is not the interviewee, or nobody had been taken for the interviewee yet.
    public let otherPerson: Int
    /// The interviewee's face was covered, or another one was too near.
    public let occluded: Int
    /// Unreadable, or too poor to be judged.
    public let unusable: Int
    /// Left out on purpose; they count neither for nor against ``share``.
    public let skipped: Int
    /// Scored frames in which it was perhaps another person; they are part of ``analysed``.
    public let identityUncertain: Int
    /// Scored faces whose capture was measured, and those among them that met every limit.
    public let qualityMeasured: Int
    public let goodQuality: Int
    /// Scored frames among those that were looked at, 0…1; 0 where none was.
    public let share: Double

    /// - Parameter scoresFallback: see ``AnalyzerConfiguration/scoresFallback``.
    package init(of frames: some Collection<FrameData>, missed: some Collection<MissedFrame>, scoresFallback: Bool) {
        fallback = frames.count { !$0.stage.isDetection }
        analysed = frames.count - fallback
        identityUncertain = frames.count { $0.stage.isDetection && $0.identityUncertain }
        let qualities = frames.compactMap { $0.stage.isDetection ? $0.quality?.score : nil }
        qualityMeasured = qualities.count
        goodQuality = qualities.count { $0 >= 1 }
        var counts: [SkipReason: Int] = [:]
        for each in missed { counts[each.reason, default: 0] += 1 }
        func count(_ reasons: SkipReason...) -> Int { reasons.reduce(0) { $0 + counts[$1, default: 0] } }
        noFace = count(.noFace)
        otherPerson = count(.otherPerson, .undecided)
        occluded = count(.occluded, .crowded)
        unusable = count(.lowQuality, .unreadable)
        skipped = count(.sampling)
        let lookedAt = frames.count + missed.count - skipped
        let scored = scoresFallback ? frames.count : analysed
        share = lookedAt == 0 ? 0 : Double(scored) / Double(lookedAt)
    }

    /// The part of the scored faces that was captured well, 0…1; nil where nobody measured it.
    public var goodQualityShare: Double? {
        qualityMeasured > 0 ? Double(goodQuality) / Double(qualityMeasured) : nil
    }

    enum CodingKeys: String, CodingKey {
        case analysed, fallback
        case noFace = "no_face"
        case otherPerson = "other_person"
        case occluded, unusable, skipped
        case identityUncertain = "identity_uncertain"
        case qualityMeasured = "quality_measured"
        case goodQuality = "good_quality"
        case share
    }
}
