/// The six levels of the interview confidence, best first, with what is said and shown at each.
///
/// - Source: `confidence_levels` in section 6 of the original system's description: thresholds, names and messages of
///   all six. Its section 8 gives advice and color of ``confident`` alone; the others' are this package's own, the
///   colors chosen from the same palette.
public enum ConfidenceLevel: String, CaseIterable, Codable, Sendable, Hashable {
    case excellent = "Excellent"
    case confident = "Confident"
    case moderate = "Moderate"
    case nervous = "Nervous"
    case anxious = "Anxious"
    case veryAnxious = "Very Anxious"

    /// The highest level whose threshold the score reaches.
    public init(score: Double) {
        self = Self.allCases.first { score >= $0.threshold } ?? .veryAnxious
    }

    /// The lowest score of the level, 0…1.
    public var threshold: Double {
        switch self {
        case .excellent: 0.80
        case .confident: 0.65
        case .moderate: 0.50
        case .nervous: 0.35
        case .anxious: 0.20
        case .veryAnxious: 0.00
        }
    }

    public var message: String {
        switch self {
        case .excellent: "Outstanding interview presence"
        case .confident: "Strong professional composure"
        case .moderate: "Acceptable but room for growth"
        case .nervous: "Visible signs of anxiety"
        case .anxious: "High stress indicators"
        case .veryAnxious: "Significant anxiety detected"
        }
    }

    /// One thing to do now.
    public var advice: String {
        switch self {
        case .excellent: "Keep going just like this."
        case .confident: "Good job! Minor adjustments..."
        case .moderate: "Let your face move a little: a small smile when you greet and when you finish a thought."
        case .nervous: "Breathe out slowly, drop your shoulders, and take a second before you answer."
        case .anxious: "Pause. One slow breath, relax your jaw and forehead, then go on at half the speed."
        case .veryAnxious: "Stop for a moment, look away, breathe three times, and start the answer again."
        }
    }

    public var color: RGBColor {
        switch self {
        case .excellent: RGBColor(red: 46, green: 204, blue: 113)
        case .confident: RGBColor(red: 52, green: 152, blue: 219)
        case .moderate: RGBColor(red: 241, green: 196, blue: 15)
        case .nervous: RGBColor(red: 230, green: 126, blue: 34)
        case .anxious: RGBColor(red: 231, green: 76, blue: 60)
        case .veryAnxious: RGBColor(red: 192, green: 57, blue: 43)
        }
    }
}

/// A color to show a level in; three numbers 0…255 in an array in JSON, as the original's tuple.
public struct RGBColor: Codable, Sendable, Hashable {
    public let red: UInt8
    public let green: UInt8
    public let blue: UInt8

    public init(red: UInt8, green: UInt8, blue: UInt8) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    public init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        red = try container.decode(UInt8.self)
        green = try container.decode(UInt8.self)
        blue = try container.decode(UInt8.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.unkeyedContainer()
        try container.encode(red)
        try container.encode(green)
        try container.encode(blue)
    }
}
