/// How far a track can be trusted.
public enum TrackState: String, Hashable, Sendable, CaseIterable, Codable {
    /// Seen in too few frames to be sure that it is a face and whose; its id may still change.
    case tentative
    /// Seen in this frame and in enough before it.
    case confirmed
    /// Confirmed once and not seen in this frame; keeps its id until it is seen again or forgotten.
    case lost
}
