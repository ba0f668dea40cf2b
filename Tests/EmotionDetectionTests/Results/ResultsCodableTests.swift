import EmotionDetection
import Foundation
import Testing

/// Results as JSON under the names of `Docs/Formats.md`, and back.
@Suite struct ResultsCodableTests {
    private let face = DetectedFace(
        imageBox: Rect(x: 10.5, y: -3, width: 80, height: 90.25), score: 0.75,
        landmarks: Landmarks(
            leftEye: Point(x: 30, y: 31), rightEye: Point(x: 60, y: 32), nose: Point(x: 45, y: 50),
            mouthLeft: Point(x: 33, y: 70), mouthRight: Point(x: 58, y: 71.5)),
        stage: .haarCascade)

    private func object(_ value: some Encodable) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: JSONEncoder().encode(value)) as? [String: Any])
    }

    @Test func aDetectedFaceHasTheNamesOfDetect() throws {
        let json = try object(face)
        #expect(json["face_box"] as? [Double] == [10.5, -3, 80, 90.25])
        #expect(json["detection_score"] as? Double == 0.75)
        #expect(json["detection_stage"] as? String == "haar_cascade")
        #expect((json["landmarks"] as? [String: [Double]])?["mouth_right"] == [58, 71.5])
        #expect(try JSONDecoder().decode(DetectedFace.self, from: JSONEncoder().encode(face)) == face)
    }

    /// One object as `emotion analyze --json` writes for a face; keys that are not of it are passed over.
    @Test func aFaceIsReadFromALineOfAnalyze() throws {
        let line = """
            {"face_detected": true, "dominant_emotion": "happy", "confidence": 0.7, "uncertain": false,
             "emotions": {"happy": 0.7, "neutral": 0.3}, "face_box": [1, 2, 3, 4], "detection_score": 0.99,
             "landmarks": null, "detection_stage": "mtcnn", "quality": {"score": 1}}
            """
        let face = try JSONDecoder().decode(FaceEmotion.self, from: Data(line.utf8))
        #expect(face.dominantEmotion == .happy)
        #expect(face.confidence == 0.7)
        #expect(!face.isUncertain)
        #expect(face.box == Rect(x: 1, y: 2, width: 3, height: 4))
        #expect(face.landmarks == nil)
        #expect(face.stage == .mtcnn)
        #expect(try JSONDecoder().decode(FaceEmotion.self, from: JSONEncoder().encode(face)) == face)
        let json = try object(face)
        #expect(json["confidence"] as? Double == 0.7)
        #expect(json["dominant_emotion"] as? String == "happy")
        #expect(json["face_detected"] as? Bool == true)
    }

    @Test func aResultIsTheSameAfterItsJSON() throws {
        let text = """
            {"faces": [{"uncertain": true, "emotions": {"sad": 1}, "face_box": [0, 0, 9, 9], "detection_score": 0,
                        "detection_stage": "center_region"}],
             "image_size": [640, 480], "timings_ms": {"load": 1, "detect": 2, "classify": 3}}
            """
        let result = try JSONDecoder().decode(DetectionResult.self, from: Data(text.utf8))
        #expect(!result.faceDetected)
        #expect(result.imageSize.width == 640)
        #expect(result.timings.totalMilliseconds == 6)
        let again = try JSONDecoder().decode(DetectionResult.self, from: JSONEncoder().encode(result))
        #expect(again.faces == result.faces)
        #expect(again.imageSize == result.imageSize)
        #expect(again.timings == result.timings)
        #expect((try object(result)["timings_ms"] as? [String: Double])?["total"] == 6)
        #expect(try object(result)["image_size"] as? [Int] == [640, 480])
    }

    @Test(arguments: [
        #"{"face_box": [1, 2, 3], "detection_score": 1, "detection_stage": "mtcnn"}"#,
        #"{"face_box": [1, 2, 3, 4, 5], "detection_score": 1, "detection_stage": "mtcnn"}"#,
        #"{"face_box": [1, 2, 3, 4], "detection_score": 1, "detection_stage": "haarCascade"}"#,
    ])
    func otherShapesAreRefused(json: String) {
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(DetectedFace.self, from: Data(json.utf8))
        }
    }
}
