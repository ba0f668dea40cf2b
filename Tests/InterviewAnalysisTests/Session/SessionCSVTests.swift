import Emotions
import Testing

@testable import InterviewAnalysis

@Suite struct SessionCSVTests {
    @Test func hasTheColumnsInOrder() {
        #expect(
            SessionCSV.header
                == "frame,timestamp,face_id,detection_stage,detection_score,success,x,y,w,h,angry,disgust,fear,happy,"
                + "sad,surprise,neutral,dominant_emotion,confidence_score,entropy,smoothed_confidence,quality_score,"
                + "identity_uncertain,skip_reason,yaw,pitch,roll,gaze_yaw,gaze_pitch,blink_left,blink_right,smile_left,"
                + "smile_right,brows_up,brows_down,jaw_open,mouth_opening,eye_span")
    }

    // Entropy of one half and one half: ln 2 = 0.693147.
    @Test func writesARowAFrameAndOneForEveryMissedFrame() throws {
        var session = InterviewEmotionAnalyzer(clock: { 0 })
        var seen = FaceObservation(
            emotions: face(scoring: 0.5), box: PixelBox(x: -1, y: 2, width: 30, height: 40), faceID: 1,
            quality: FrameQuality(score: 1))
        seen.detectionScore = 0.99
        try session.add(seen, frame: 5, at: 0.1666666)
        try session.addMissed(.noFace, frame: 10, at: 0.3333333)
        try session.add(FaceObservation(emotions: face(scoring: 0.25), stage: .centerRegion), frame: 15, at: 12)
        let lines = SessionCSV.table(of: SessionRecord(of: session)).split(
            separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == 5)
        #expect(
            lines[1]
                == "5,0.167,1,mtcnn,0.990000,1,-1,2,30,40,0.000000,0.000000,0.500000,0.500000,0.000000,0.000000,"
                + "0.000000,fear,0.500000,0.693147,0.500000,1.000000,0,,,,,,,,,,,,,,,")
        #expect(lines[2] == "10,0.333,,,,0,,,,,,,,,,,,,,,,,,no_face,,,,,,,,,,,,,,")
        #expect(lines[3].hasPrefix("15,12.000,0,center_region,,0,,,,,0.000000,0.000000,0.750000,0.250000"))
        #expect(lines[3].hasSuffix(",fallback,,,,,,,,,,,,,,"))
        #expect(lines[4].isEmpty)
    }

    @Test func aFrameBetweenTwoScoredOnesHasItsMovements() throws {
        var session = InterviewEmotionAnalyzer(clock: { 0 })
        let movements = FaceMovements { $0 == .yaw ? -12.5 : $0 == .blinkLeft ? 0.25 : $0 == .eyeSpan ? 81 : 0 }
        try session.addMissed(.sampling, movements: movements, frame: 1, at: 0.5)
        let lines = SessionCSV.table(of: SessionRecord(of: session)).split(separator: "\n")
        #expect(
            lines[1].hasSuffix(
                ",sampling,-12.500,0.000,0.000,0.000,0.000,0.250,0.000,0.000,0.000,0.000,0.000,0.000,0.000,81.000"))
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func everyRowHasEveryColumn(seed: UInt64) throws {
        let record = try sampleSession(seed: seed)
        let lines = SessionCSV.table(of: record).split(separator: "\n")
        #expect(lines.count == 1 + record.frames.count + record.missed.count)
        for line in lines {
            #expect(line.split(separator: ",", omittingEmptySubsequences: false).count == SessionCSV.columns.count)
        }
        let times = lines.dropFirst().compactMap { Double($0.split(separator: ",")[1]) }
        #expect(times == times.sorted())
    }

    @Test(arguments: [
        (0.0, "0.000"), (-0.0004, "0.000"), (-0.25, "-0.250"), (1.0005, "1.000"), (0.0625, "0.062"),
        (1234.5, "1234.500"),
        (0.999_99, "1.000"), (1e300, ""), (.infinity, ""), (.nan, ""),
    ])
    func writesFixedDigits(value: Double, text: String) {
        #expect(SessionCSV.fixed(value, 3) == text)
    }
}
