public import EmotionDetection

/// FER+'s votes: ten people's opinion about each picture of FER2013.
///
/// A CSV of `row` and the columns neutral, happiness, surprise, sadness, anger, disgust, fear, contempt, unknown, NF, in
/// any order; `row` is the picture's file name without extension.
/// - Source: Barsoum et al., 2016, arXiv:1608.01041.
public struct VoteTable: Sendable {
    /// What is wrong with a table.
    public enum Failure: Error, Equatable, CustomStringConvertible {
        case missingColumn(String)
        case unreadableLine(Int)

        public var description: String {
            switch self {
            case .missingColumn(let name): "no column named \(name)"
            case .unreadableLine(let number): "line \(number) does not hold a name and whole numbers"
            }
        }
    }

    private static let columns: [(name: String, emotion: Emotion?)] = [
        ("neutral", .neutral), ("happiness", .happy), ("surprise", .surprise), ("sadness", .sad), ("anger", .angry),
        ("disgust", .disgust), ("fear", .fear), ("contempt", nil), ("unknown", nil), ("NF", nil),
    ]

    private var leaders: [String: Emotion] = [:]

    public init(csv: String) throws(Failure) {
        let lines = csv.split(whereSeparator: \.isNewline)
        let names = (lines.first ?? "").split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard let key = names.firstIndex(of: "row") else { throw .missingColumn("row") }
        var places: [(place: Int, emotion: Emotion?)] = []
        for column in Self.columns {
            guard let place = names.firstIndex(of: column.name) else { throw .missingColumn(column.name) }
            places.append((place, column.emotion))
        }
        for (number, line) in lines.enumerated().dropFirst() {
            let cells = line.split(separator: ",", omittingEmptySubsequences: false)
            guard cells.count == names.count else { throw .unreadableLine(number + 1) }
            var votes: [(count: Int, emotion: Emotion?)] = []
            for (place, emotion) in places {
                guard let count = Int(cells[place]), count >= 0 else { throw .unreadableLine(number + 1) }
                votes.append((count, emotion))
            }
            leaders[String(cells[key])] = Self.leader(of: votes)
        }
    }

    /// What most voters saw in the picture; nil where two lead, where contempt, "unknown" or "no face" does, or where
    /// the table has no such picture.
    public func majority(of picture: String) -> Emotion? { leaders[picture] }

    private static func leader(of votes: [(count: Int, emotion: Emotion?)]) -> Emotion? {
        let most = votes.map(\.count).max() ?? 0
        let leading = votes.filter { $0.count == most }
        return leading.count == 1 ? leading[0].emotion : nil
    }
}
