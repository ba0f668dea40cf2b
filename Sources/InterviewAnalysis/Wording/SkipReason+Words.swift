extension SkipReason {
    /// Why a stretch has no score, in words that follow a comma or a colon.
    private var words: String {
        switch self {
        case .sampling: "frames passed over"
        case .noFace: "no face found"
        case .lowQuality: "picture too poor"
        case .occluded: "face covered"
        case .crowded: "another head too close"
        case .otherPerson: "somebody else in view"
        case .undecided: "not clear whose face counts"
        case .unreadable: "picture unreadable"
        }
    }

    /// Several of them as one would say them.
    static func words(for reasons: [SkipReason]) -> String {
        let words = reasons.map(\.words)
        guard let last = words.last, words.count > 1 else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " or " + last
    }
}

extension CoverageGap {
    /// Why it has no score, such as "no face found or somebody else in view". Nobody is said to be away who was seen.
    public var cause: String { SkipReason.words(for: reasons) }
}
