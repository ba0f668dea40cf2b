/// How often a face must be looked at for a measure to mean something.
public enum MovementNeed: String, Codable, Sendable, Hashable, CaseIterable {
    /// Eyes are shut for 0.1 to 0.4 s.
    case blinks
    /// A nod or a shake comes and goes within half a second.
    case nods
    /// A syllable takes a fifth of a second.
    case talking
    case stillness
    case brows
    case smiles
    case lookAway = "look_away"
    case leaning

    /// Rows a second.
    public var rate: Double {
        switch self {
        case .blinks: 15
        case .nods, .talking: 10
        case .stillness, .brows: 4
        case .smiles, .lookAway: 2
        case .leaning: 1
        }
    }

    /// A shorter time tells nothing of how often something happens.
    static let leastSeconds = 3.0
    /// Steps of a whole number of frames may be a little longer than asked for.
    private static let tolerance = 0.95

    func isMet(by series: MovementSeries) -> Bool { series.rate >= rate * Self.tolerance }
}
