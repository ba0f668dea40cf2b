/// How much of a stretch the scores rest on: what became of each of its frames.
public struct Coverage: Codable, Sendable, Hashable {
    /// A face was found and scored.
    public let analysed: Int
    /// The middle of the picture stood in for a face.
    public let fallback: Int
    public let noFace: Int
    /// Unreadable, or too poor to be judged.
    public let unusable: Int
    /// Left out on purpose; they count neither for nor against ``share``.
    public let skipped: Int
    /// Scored frames among those that were looked at, 0…1; 0 where none was.
    public let share: Double

    /// - Parameter scoresFallback: see ``AnalyzerConfiguration/scoresFallback``.
    public init(of frames: some Collection<FrameData>, missed: some Collection<MissedFrame>, scoresFallback: Bool) {
        fallback = frames.reduce(0) { $1.source.foundFace ? $0 : $0 + 1 }
        analysed = frames.count - fallback
        noFace = missed.reduce(0) { $1.reason == .noFace ? $0 + 1 : $0 }
        skipped = missed.reduce(0) { $1.reason == .sampling ? $0 + 1 : $0 }
        unusable = missed.count - noFace - skipped
        let lookedAt = frames.count + noFace + unusable
        let scored = scoresFallback ? frames.count : analysed
        share = lookedAt == 0 ? 0 : Double(scored) / Double(lookedAt)
    }

    enum CodingKeys: String, CodingKey {
        case analysed, fallback
        case noFace = "no_face"
        case unusable, skipped, share
    }
}
