import Testing

@Suite struct DetectCommandTests {
    @Test func printsBoxScoreLandmarksAndStage() throws {
        let command = try Command("detect", "--json", Repository.astronaut)
        #expect(command.status == 0)
        let object = try #require(command.objects().first)
        #expect(object["face_detected"] as? Bool == true)
        let face = try #require((object["faces"] as? [[String: Any]])?.first)
        #expect((face["face_box"] as? [Double])?.count == 4)
        #expect(try #require(face["detection_score"] as? Double) > 0.99)
        #expect(face["detection_stage"] as? String == "mtcnn")
        let landmarks = try #require(face["landmarks"] as? [String: [Double]])
        #expect(Set(landmarks.keys) == ["left_eye", "right_eye", "nose", "mouth_left", "mouth_right"])
        #expect(landmarks.values.allSatisfy { $0.count == 2 })
    }

    @Test func findsNothingBelowTheSmallestFace() throws {
        let command = try Command("detect", "--json", "--min-face", "500", Repository.astronaut)
        #expect(command.status == 3)
        #expect((try command.objects().first?["faces"] as? [Any])?.isEmpty == true)
    }
}
