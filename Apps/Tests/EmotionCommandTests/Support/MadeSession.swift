import EmotionDetection
import Foundation
import InterviewAnalysis

/// Sessions that were never recorded.
enum MadeSession {
    /// The journal of ten seconds with a smile in every second frame.
    static let journal: Data = {
        guard let folder = try? TemporaryFolder(), (try? write(to: folder.path("j"))) != nil else { return Data() }
        return FileManager.default.contents(atPath: folder.path("j")) ?? Data()
    }()

    private static func write(to path: String) throws {
        var analyzer = InterviewEmotionAnalyzer(clock: { 0 })
        let journal = try SessionJournal(
            creating: path, configuration: analyzer.configuration, details: SessionDetails(title: "made"))
        for index in 0..<100 {
            let happy = index.isMultiple(of: 2) ? 0.75 : 0.25
            try analyzer.add(
                emotions: EmotionScores([.happy: happy, .neutral: 1 - happy]), at: Double(index) / 10)
            if let frame = analyzer.frames.last { try journal.append(.frame(frame)) }
        }
        try journal.append(.question(QuestionMarker(label: "Why us?", start: 5)))
        try journal.finish(endedEarly: false)
    }
}
