import Emotions
import Testing

@testable import InterviewAnalysis

/// A face of which every number is a function of time.
struct MadeMovements {
    var values: [FaceMovements.Signal: @Sendable (Double) -> Double] = [:]

    /// Looks into the camera, mouth shut, eyes open.
    static let still = MadeMovements()

    init(_ values: [FaceMovements.Signal: @Sendable (Double) -> Double] = [:]) { self.values = values }

    private static let resting: [FaceMovements.Signal: Double] = [
        .pitch: -4, .blinkLeft: 0.05, .blinkRight: 0.05, .smileLeft: 0.05, .smileRight: 0.05,
        .browsUp: 0.1, .browsDown: 0.1, .eyeSpan: 100,
    ]

    func row(at time: Double) -> FaceMovements {
        FaceMovements { values[$0]?(time) ?? Self.resting[$0] ?? 0 }
    }

    /// Rows at a steady rate; those for which `isSeen` does not hold are missing.
    func series(
        seconds: Double = 60, rate: Double = 30, isSeen: (Double) -> Bool = { _ in true }
    ) -> MovementSeries {
        let times = (0..<Int(seconds * rate)).map { Double($0) / rate }.filter(isSeen)
        return MovementSeries(times.map { ($0, row(at: $0)) })
    }

    /// A session of them in which every `step`-th frame is scored.
    func session(
        seconds: Double = 60, rate: Double = 30, step: Int = 5, score: (Double) -> Double = { _ in 0.8 },
        questions: [QuestionMarker] = []
    ) throws -> SessionRecord {
        var session = InterviewEmotionAnalyzer(clock: { 0 })
        for number in 0..<Int(seconds * rate) {
            let time = Double(number) / rate
            if number.isMultiple(of: step) {
                try session.add(
                    FaceObservation(emotions: face(scoring: score(time)), movements: row(at: time)), at: time)
            } else {
                try session.addMissed(.sampling, movements: row(at: time), at: time)
            }
        }
        for question in questions { session.mark(question) }
        return SessionRecord(of: session)
    }
}

/// 1 in the middle of each event, falling to 0 on both sides.
func bump(at times: [Double], seconds: Double) -> @Sendable (Double) -> Double {
    { time in times.reduce(0) { max($0, 1 - abs(time - $1) / (seconds / 2)) } }
}

/// `high` within the stretches, `low` elsewhere.
func plateau(_ stretches: [ClosedRange<Double>], low: Double, high: Double) -> @Sendable (Double) -> Double {
    { time in stretches.contains { $0.contains(time) } ? high : low }
}

extension FaceObservation {
    /// A face with what its mesh does.
    init(emotions: EmotionScores, movements: FaceMovements?) {
        self.init(emotions: emotions)
        self.movements = movements
    }
}
