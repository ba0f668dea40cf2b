import EmotionDetection
import Evaluation
import Foundation

/// Made answers and what Python's figures of them are; `Weights/Training/make_evaluation_fixture.py` writes both.
struct ReferenceFigures: Decodable {
    let right: Int
    let interval: [Double]
    let confusion: [[Int]]
    let macroF1: Double
    let recall: [Double]
    let precision: [Double]
    let f1: [Double]
    let ece: Double
    let reliability: [[Double]]
    let nll: Double
    let brier: Double

    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Fixtures")

    static func read() throws -> ReferenceFigures {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(
            ReferenceFigures.self, from: Data(contentsOf: folder.appendingPathComponent("figures.json")))
    }

    static func answers() throws -> [LabelledScores] {
        let text = try String(contentsOf: folder.appendingPathComponent("answers.csv"), encoding: .utf8)
        return text.split(separator: "\n").dropFirst().enumerated().compactMap { row, line in
            let cells = line.split(separator: ",")
            return Emotion(rawValue: String(cells[0])).map {
                LabelledScores(
                    file: "\(row).png", label: $0, scores: EmotionScores(cells.dropFirst().compactMap { Double($0) }))
            }
        }
    }
}
