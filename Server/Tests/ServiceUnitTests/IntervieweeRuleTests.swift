import EmotionDetection
import Foundation
import PracticeSessions
import Testing

/// Whose face is the interviewee's, by its place alone.
struct IntervieweeRuleTests {
    private let size = Size(height: 480, width: 640)

    private func face(_ x: Double, _ y: Double, _ side: Double = 100, stage: String = "mtcnn") throws -> FaceEmotion {
        let json = """
            {"face_box": [\(x), \(y), \(side), \(side)], "detection_score": 0.99,
             "detection_stage": "\(stage)", "emotions": {"neutral": 1}, "uncertain": false}
            """
        return try JSONDecoder().decode(FaceEmotion.self, from: Data(json.utf8))
    }

    /// What the rule says of each picture of a sequence, taking note of each: the chosen face's place, `?` behind it where it
    /// is perhaps another person's.
    private func findings(_ pictures: [[FaceEmotion]], step: Double = 2) -> [String] {
        var rule = IntervieweeRule()
        return pictures.enumerated().map { index, faces in
            switch rule.finding(in: faces, of: size) {
            case .missed(let reason): return "\(reason)"
            case .face(let chosen, let isUncertain):
                rule.follow(
                    faces[chosen].box, isUncertain: isUncertain, isAlone: faces.count == 1, at: Double(index) * step)
                return "\(Int(faces[chosen].box.x))" + (isUncertain ? "?" : "")
            }
        }
    }

    @Test func theOneInTheMiddleIsTakenFirstAndKeptWhereverSheMovesALittle() throws {
        let pictures = [
            [try face(260, 180), try face(20, 20, 110)], [try face(20, 20, 160), try face(300, 190)],
            [try face(340, 190), try face(20, 20)],
        ]
        #expect(findings(pictures) == ["260", "300", "340"])
    }

    @Test func aFaceElsewhereIsInDoubtUntilItWasAloneForLong() throws {
        let here = [try face(260, 180)]
        let there = [try face(500, 180)]
        #expect(
            findings([here, there, there, there, there, there, there, there])
                == ["260", "500?", "500?", "500?", "500?", "500?", "500?", "500"])
        // Somebody else beside it, and the doubt lasts.
        let both = [try face(500, 180), try face(20, 20, 60)]
        #expect(findings([here] + [[FaceEmotion]](repeating: both, count: 9)).last == "500?")
        // Back in the old place all is well at once.
        #expect(findings([here, there, there, here, here]) == ["260", "500?", "500?", "260", "260"])
    }

    @Test func nobodyAndFacesThatOverlapAreNotScored() throws {
        #expect(findings([[]]) == ["noFace"])
        #expect(findings([[try face(100, 100, 200, stage: "center_region")]]) == ["noFace"])
        #expect(findings([[try face(260, 180)], [try face(260, 180), try face(310, 180)]]) == ["260", "crowded"])
    }
}
