/// A person's sessions in the order of their dates.
public struct SessionHistory: Codable, Sendable, Hashable {
    /// Oldest first, the latest last.
    public let sessions: [PastSession]

    /// A session among those that came before it; what is dated after it is left out, where both dates are no guess.
    ///
    /// - Parameter earlier: in any order. Sessions without a date keep their order and come before the dated ones.
    public init(_ latest: PastSession, after earlier: [PastSession]) {
        let limit = latest.isDateGuessed ? nil : latest.date
        let before = earlier.filter { session in
            guard let limit, let date = session.date, !session.isDateGuessed else { return true }
            return date <= limit
        }
        let undated = before.filter { $0.date == nil }
        // Sorting keeps no order among equals, so the place is the second key.
        let dated = before.enumerated().compactMap { index, session in session.date.map { (session, $0, index) } }
            .sorted { ($0.1.secondsSince1970, $0.2) < ($1.1.secondsSince1970, $1.2) }.map(\.0)
        sessions = undated + dated + [latest]
    }

    /// Whether the order rests on the times of files, and may be wrong.
    public var isOrderGuessed: Bool { sessions.contains(where: \.isDateGuessed) }

    /// The session before the latest.
    public var previous: PastSession? { sessions.dropLast().last }

    /// The mean scores with the change of the latest; sessions whose score is withheld are left out.
    public var progress: SessionProgress { SessionProgress(sessions: sessions.compactMap(\.mean)) }

    /// Earlier scores of the question, oldest first; questions are the same where their words are.
    package func earlierScores(of label: String) -> [(session: PastSession, score: Double)] {
        let wanted = Self.words(of: label)
        guard !wanted.isEmpty else { return [] }
        return sessions.dropLast().compactMap { session in
            session.questions.first { Self.words(of: $0.label) == wanted }?.score.map { (session, $0) }
        }
    }

    /// The label without capitals, signs and doubled spaces; "Question 3" says nothing about what was asked.
    private static func words(of label: String) -> [String] {
        let words = label.lowercased().split { !($0.isLetter || $0.isNumber) }.map(String.init)
        return words.count == 2 && words[0] == "question" && Int(words[1]) != nil ? [] : words
    }
}
