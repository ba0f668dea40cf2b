import Emotions

/// How the person sat before the camera through a session, from the boxes of the scored faces.
public struct FramingSummary: Codable, Sendable, Hashable {
    /// Medians over the frames.
    public let typical: FaceFraming
    /// The part of the frames without an issue, 0…1.
    public let wellFramedShare: Double
    /// The part of the frames with each issue that is worth a word, the most frequent first.
    public let issues: [IssueShare]
    /// Nil with fewer than four frames a second.
    public let movement: HeadMovement?

    /// How often there was an issue.
    public struct IssueShare: Codable, Sendable, Hashable {
        public let issue: FramingIssue
        /// 0…1.
        public let share: Double
    }

    /// The share of frames from which on an issue is worth a word.
    package static let notableShare = 0.2

    /// - Returns: nil where no frame has a box, or the session does not say how large the pictures are.
    /// - Complexity: O(frames · log frames).
    public init?(of record: SessionRecord) {
        guard let media = record.details.media, let width = media.widthPixels, let height = media.heightPixels else {
            return nil
        }
        let scored = record.frames.filter { $0.stage.isDetection }
        let framings = scored.compactMap { frame in
            frame.faceBox.flatMap {
                FaceFraming(
                    box: $0, pictureWidth: width, pictureHeight: height, brightness: frame.quality?.brightness)
            }
        }
        guard !framings.isEmpty else { return nil }
        let brightness = framings.compactMap(\.brightness)
        typical = FaceFraming(
            size: Statistics.median(framings.map(\.size)), offset: Statistics.median(framings.map(\.offset)),
            headroom: Statistics.median(framings.map(\.headroom)),
            brightness: brightness.isEmpty ? nil : Statistics.median(brightness))
        let found = framings.map(\.issues)
        let count = Double(framings.count)
        wellFramedShare = Double(found.count { $0.isEmpty }) / count
        issues = FramingIssue.allCases.map { issue in
            IssueShare(issue: issue, share: Double(found.count { $0.contains(issue) }) / count)
        }.filter { $0.share >= Self.notableShare }.sorted { $0.share > $1.share }
        movement = HeadMovement(of: scored)
    }

    enum CodingKeys: String, CodingKey {
        case typical
        case wellFramedShare = "well_framed_share"
        case issues, movement
    }
}
