public import Emotions
import VoiceAnalysis

/// What acted emotions an answer sounded like, counted in windows of three seconds; never what anybody felt.
public struct VoiceSound: Codable, Sendable, Hashable {
    /// Windows with speech whose middle lies in the answer.
    public let windows: Int
    /// How many of them were too unsure to be named.
    public let uncertain: Int
    /// The emotion that most of the others sounded like, of equal ones the surer; nil where all were uncertain.
    public let mostOften: Emotion?
    /// How many sounded like it.
    public let mostOftenWindows: Int

    enum CodingKeys: String, CodingKey {
        case windows, uncertain
        case mostOften = "most_often"
        case mostOftenWindows = "most_often_windows"
    }

    /// Nil without windows.
    init?(of emotions: VoiceEmotions, from start: Double, to end: Double) {
        let inside = emotions.windows.filter { (start..<end).contains(($0.start + $0.end) / 2) }
        guard !inside.isEmpty else { return nil }
        let sure = Dictionary(grouping: inside.filter { !$0.uncertain }, by: \.dominantEmotion)
        let most = sure.max { one, other in
            (one.value.count, one.value.reduce(0) { $0 + $1.confidence }, other.key.rawValue)
                < (other.value.count, other.value.reduce(0) { $0 + $1.confidence }, one.key.rawValue)
        }
        windows = inside.count
        uncertain = inside.count(where: \.uncertain)
        mostOften = most?.key
        mostOftenWindows = most?.value.count ?? 0
    }
}
