import Emotions
import Foundation
import InterviewAnalysis
import TestSupport

/// A seeded session with everything a session may hold: boxes, landmarks, gaps, fallback frames, questions.
func sampleSession(seed: UInt64, entries: Int = 60) throws -> SessionRecord {
    var generator = SeededGenerator(seed: seed)
    var session = InterviewEmotionAnalyzer(
        configuration: AnalyzerConfiguration(
            restingFace: seed.isMultiple(of: 2)
                ? RestingFaceProfile(resting: .random(using: &generator), frameCount: 20, durationSeconds: 10) : nil),
        clock: { 0 })
    var time = 0.0
    for _ in 0..<entries {
        time += Double.random(in: 0.01...1.5, using: &generator)
        switch Int.random(in: 0..<10, using: &generator) {
        case 0:
            let reason = SkipReason.allCases.randomElement(using: &generator) ?? .noFace
            try session.addMissed(
                reason, movements: reason == .sampling ? .random(using: &generator) : nil, at: time)
        case 1:
            try session.add(
                FaceObservation(emotions: .random(using: &generator), stage: .centerRegion), at: time)
        default: try session.add(sampleFace(using: &generator), at: time)
        }
    }
    session.mark(QuestionMarker(label: "Tell me about \"yourself\",\nplease: é 🙂", start: time * 0.1))
    session.mark(QuestionMarker(label: "Why us?", start: time * 0.5, end: time * 0.8))
    return SessionRecord(
        of: session,
        details: SessionDetails(
            title: "Practice", startedAt: "2026-01-31T09:30:00+01:00", endedEarly: seed.isMultiple(of: 3) ? true : nil,
            goal: SessionGoal(.smiles, target: 0.1),
            model: .init(name: "efficientnet_b2", version: "1", sha256: String(repeating: "0", count: 64)),
            media: .init(
                name: "practice.mp4", framesPerSecond: 29.97, everyNthFrame: 5, colorTransfer: "arib-std-b67",
                toneMapped: true)))
}

/// A face with everything that can be measured of one.
func sampleFace(using generator: inout SeededGenerator) -> FaceObservation {
    func number(_ range: ClosedRange<Double> = 0...1) -> Double { .random(in: range, using: &generator) }
    func position() -> FaceLandmarks.Position { .init(x: number(-0.1...1.1), y: number(-0.1...1.1)) }
    let side = Int.random(in: 20...400, using: &generator)
    var face = FaceObservation(
        emotions: .random(using: &generator), box: PixelBox(x: -3, y: 20, width: side, height: side), faceID: 2,
        identityUncertain: number() < 0.1,
        quality: FrameQuality(
            score: number(), brightness: number(), contrast: number(), sharpness: number(), sidePixels: Double(side),
            visiblePart: number()),
        signals: [FrameSignal.faceMotion: number()])
    face.detectionScore = number()
    face.landmarks = FaceLandmarks(
        leftEye: position(), rightEye: position(), nose: position(), mouthLeft: position(), mouthRight: position())
    face.movements = number() < 0.9 ? .random(using: &generator) : nil
    face.pose = FacePose(roll: number(-40...40), yaw: number(-40...40), pitch: number(-40...40))
    return face
}

extension FaceMovements {
    /// Any row.
    static func random(using generator: inout SeededGenerator) -> FaceMovements {
        var values: [Signal: Double] = [:]
        for signal in Signal.allCases {
            let range = signal.range
            values[signal] = .random(in: max(range.lowerBound, -30)...min(range.upperBound, 80), using: &generator)
        }
        return FaceMovements { values[$0] ?? 0 }
    }
}

/// A path in the temporary folder that no other test uses.
func temporaryPath(_ suffix: String) -> String {
    FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString + suffix).path
}
