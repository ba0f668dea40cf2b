import Emotions
import Foundation
import InterviewAnalysis
import Testing

/// Probabilities whose interview confidence is `score`: happiness scores 1 and fear 0, and no correction touches them.
func face(scoring score: Double) -> EmotionScores { EmotionScores([.happy: score, .fear: 1 - score]) }

/// An analyzer that was shown faces of these scores, `interval` seconds apart.
func analyzer(
    scoring scores: [Double], interval: Double = 1, _ configuration: AnalyzerConfiguration = AnalyzerConfiguration()
) throws -> InterviewEmotionAnalyzer {
    var analyzer = InterviewEmotionAnalyzer(configuration: configuration, clock: { 0 })
    for (index, score) in scores.enumerated() {
        try analyzer.add(emotions: face(scoring: score), at: Double(index) * interval)
    }
    return analyzer
}

@Suite struct AnalyzerTests {
    /// Section 8: current 0.75, smoothed 0.72, "Confident", variance 0.02, "improving", consistency 0.85. These fifteen
    /// scores have the mean 0.72, the variance 0.02396 and the consistency 0.84521.
    private static let section8 = [
        0.69, 0.51, 0.57, 0.66, 0.36, 0.65, 0.67, 0.72, 0.89, 0.92, 0.85, 0.94, 0.81, 0.81, 0.75,
    ]

    @Test func answersTheExampleOfSection8() throws {
        var session = try analyzer(scoring: Self.section8.dropLast())
        let analysis = try session.add(emotions: face(scoring: 0.75), at: 14)
        #expect(abs(analysis.currentConfidence - 0.75) < 1e-12)
        #expect(abs(analysis.smoothedConfidence - 0.72) < 1e-12)
        #expect(analysis.confidenceLevel == .confident)
        #expect(analysis.message == "Strong professional composure")
        #expect(analysis.advice == "Good job! Minor adjustments...")
        #expect(analysis.color == RGBColor(red: 52, green: 152, blue: 219))
        #expect(abs(analysis.stability.variance - 0.02396) < 1e-12)
        #expect(analysis.stability.trend == .improving)
        #expect(abs(analysis.stability.consistency - 0.845209819) < 1e-9)
    }

    /// Section 8: the keys of the dictionary, and the color as three numbers.
    @Test func hasTheKeysOfSection8() throws {
        var session = try analyzer(scoring: Self.section8.dropLast())
        let analysis = try session.add(emotions: face(scoring: 0.75), at: 14)
        let json = try JSONSerialization.jsonObject(with: JSONEncoder().encode(analysis))
        let object = try #require(json as? [String: Any])
        #expect(
            Set(object.keys) == [
                "current_confidence", "smoothed_confidence", "confidence_level", "message", "advice", "color",
                "stability",
            ])
        #expect(object["confidence_level"] as? String == "Confident")
        #expect(object["color"] as? [Int] == [52, 152, 219])
        let stability = try #require(object["stability"] as? [String: Any])
        #expect(Set(stability.keys) == ["variance", "trend", "consistency"])
        #expect(stability["trend"] as? String == "improving")
    }

    /// Section 9: a window of 15 for the live score, all frames kept.
    @Test func smoothsOverFifteenFramesAndKeepsAll() throws {
        let session = try analyzer(scoring: [Double](repeating: 0, count: 15) + [Double](repeating: 1, count: 15))
        #expect(session.frames.count == 30)
        #expect(abs(session.frames[14].smoothedConfidence) < 1e-12)
        #expect(abs(session.frames[17].smoothedConfidence - 0.2) < 1e-12)
        #expect(abs(session.frames[29].smoothedConfidence - 1) < 1e-12)
        let emotions = try #require(session.smoothedEmotions)
        #expect(emotions[.happy] == 1)
    }

    /// Section 9's `FrameData`: probabilities as they came, the dominant one, where the face lay.
    @Test func keepsWhatTheFrameShowed() throws {
        var session = InterviewEmotionAnalyzer(clock: { 2.5 })
        let smile = EmotionScores([.surprise: 0.5, .happy: 0.3, .neutral: 0.2])
        try session.add(emotions: smile, faceBox: PixelBox(x: 100, y: 150, width: 200, height: 200))
        let frame = try #require(session.frames.first)
        #expect(frame.timestamp == 2.5)
        #expect(frame.emotions == smile)
        #expect(frame.dominantEmotion == .surprise)
        #expect(frame.faceBox == PixelBox(x: 100, y: 150, width: 200, height: 200))
        #expect(frame.faceDetected)
        #expect(frame.confidenceScore == InterviewConfidence.score(of: smile))
        #expect(frame.confidenceScore > InterviewConfidence.score(ofCorrected: smile))
    }

    // A drop of 0.2 below the three before it: (0.8·3)/3 − 0.6.
    @Test func comparesWithTheFramesBeforeByDefault() throws {
        let session = try analyzer(scoring: [0.8, 0.8, 0.8, 0.6])
        #expect(session.stressSpikes.count == 1)
        #expect(session.stressSpikes.first?.timestamp == 3)
        #expect(abs((session.stressSpikes.first?.dropMagnitude ?? 0) - 0.2) < 1e-12)
    }

    // The mean then holds the drop itself: (0.8 + 0.8 + 0.6)/3 − 0.6 = 0.1333 is no spike, (0.8 + 0.8 + 0.5)/3 − 0.5 is.
    @Test(arguments: [(0.6, 0), (0.5, 1)])
    func comparesInTheOrderOfTheDiagramWhereAsked(last: Double, spikes: Int) throws {
        let configuration = AnalyzerConfiguration(spikeBaseline: .includingCurrent)
        let session = try analyzer(scoring: [0.8, 0.8, 0.8, last], configuration)
        #expect(session.stressSpikes.count == spikes)
    }

    @Test func findsNoSpikeWithinThreeFramesNorInASmallDrop() throws {
        #expect(try analyzer(scoring: [0.9, 0.9, 0.2]).stressSpikes.isEmpty)
        #expect(try analyzer(scoring: [0.8, 0.8, 0.8, 0.66]).stressSpikes.isEmpty)
    }

    @Test func refusesTimesThatDoNotRise() throws {
        var session = try analyzer(scoring: [0.5, 0.5])
        #expect(throws: AnalyzerError.timestampNotRising(previous: 1, given: 1)) {
            try session.add(emotions: face(scoring: 0.5), at: 1)
        }
        #expect(throws: AnalyzerError.timestampNotRising(previous: 1, given: 0.5)) {
            try session.addMissed(.noFace, at: 0.5)
        }
        #expect(throws: AnalyzerError.invalidTimestamp(.infinity)) {
            try session.add(emotions: face(scoring: 0.5), at: .infinity)
        }
        #expect(session.frames.count == 2)
        #expect(session.missed.isEmpty)
        try session.add(emotions: face(scoring: 0.5), at: 1.001)
    }

    @Test func refusesWhatAreNoProbabilities() throws {
        var session = InterviewEmotionAnalyzer(clock: { 1 })
        #expect(throws: AnalyzerError.invalidProbability(.happy, value: 1.5)) {
            try session.add(emotions: EmotionScores([.happy: 1.5]))
        }
        #expect(throws: AnalyzerError.probabilitiesDoNotSumToOne(sum: 0.5)) {
            try session.add(emotions: EmotionScores([.happy: 0.5]))
        }
        #expect(throws: AnalyzerError.self) { try session.add(emotions: EmotionScores([.sad: .nan])) }
        #expect(session.frames.isEmpty)
        try session.add(emotions: face(scoring: 0.5))
    }

    @Test func keepsAFallbackFrameOutOfTheScores() throws {
        var session = try analyzer(scoring: [0.8, 0.8])
        let middle = FaceObservation(emotions: face(scoring: 0), stage: .centerRegion)
        let analysis = try session.add(middle, at: 2)
        #expect(abs(analysis.smoothedConfidence - 0.8) < 1e-12)
        #expect(session.frames.count == 3)
        #expect(!session.frames[2].faceDetected)
        #expect(abs((session.summary().score.value ?? 0) - 0.8) < 1e-12)

        var including = try analyzer(scoring: [0.8, 0.8], AnalyzerConfiguration(scoresFallback: true))
        try including.add(middle, at: 2)
        #expect(abs((including.summary().score.value ?? 0) - 1.6 / 3) < 1e-12)
    }

    @Test func numbersFramesOnAndBeginsAnewAfterAReset() throws {
        var session = InterviewEmotionAnalyzer(clock: { 0 })
        try session.add(FaceObservation(emotions: face(scoring: 0.5)), frame: 10, at: 1)
        try session.addMissed(.noFace, at: 2)
        try session.add(emotions: face(scoring: 0.5), at: 3)
        #expect(session.missed.map(\.frame) == [11])
        #expect(session.frames.map(\.frame) == [10, 12])
        session.reset()
        try session.add(emotions: face(scoring: 0.5), at: 0)
        #expect(session.frames.map(\.frame) == [0])
        #expect(session.missed.isEmpty)
    }
}
