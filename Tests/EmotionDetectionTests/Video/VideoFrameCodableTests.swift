import EmotionDetection
import Foundation
import Testing

/// Frames of a video and the quality of a capture as JSON, and back.
@Suite struct VideoFrameCodableTests {
    private static let landmarks = Landmarks(
        leftEye: Point(x: 30, y: 31), rightEye: Point(x: 60, y: 32), nose: Point(x: 45, y: 50),
        mouthLeft: Point(x: 33, y: 70), mouthRight: Point(x: 58, y: 71.5))

    private func face(landmarks: Landmarks?) -> DetectedFace {
        DetectedFace(
            imageBox: Rect(x: 10.5, y: -3, width: 80, height: 90.25), score: 0.75, landmarks: landmarks, stage: .mtcnn)
    }

    /// Of a gray picture, so that something is wrong with it.
    private func quality(landmarks: Landmarks?) -> CaptureQuality {
        CaptureQuality(of: face(landmarks: landmarks), in: Image(width: 120, height: 120, filledWith: .black))
    }

    private func frame(_ state: IntervieweeLock.State, candidate: Int? = nil) -> VideoFrame {
        let tracks = [(3, Self.landmarks, 0.25), (8, nil, nil)] as [(Int, Landmarks?, Double?)]
        let faces = tracks.map { id, landmarks, motion in
            var seen = VideoFace(
                face(landmarks: landmarks), id: id, quality: quality(landmarks: landmarks), at: 2.5)
            (seen.firstSeen, seen.similarity) = (0.125, 0.875)
            (seen.isCrowded, seen.isVouchedByPlace, seen.isIdentityUncertain) = (id == 8, id == 3, id == 8)
            (seen.isInterviewee, seen.motion) = (id == 3, motion)
            seen.emotions = motion.map { _ in EmotionScores([.happy: 0.75, .sad: 0.25]) }
            return seen
        }
        var frame = VideoFrame(
            index: 7, timestamp: 2.5, faces: faces, intervieweeState: state,
            timings: StageTimings(
                loadMilliseconds: 0, faceSearchMilliseconds: 1.5, classificationMilliseconds: 8.25))
        (frame.isChoiceSettled, frame.candidate, frame.renamed) = (candidate == nil, candidate, [5: 3])
        frame.didSearch = false
        return frame
    }

    private func object(_ value: some Encodable) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: JSONEncoder().encode(value)) as? [String: Any])
    }

    @Test(
        arguments: [
            .selecting, .locked(3), .absent(3, since: 1.75), .unsure(3, .sharesPlace), .unsure(3, .looksDifferent),
        ] as [IntervieweeLock.State])
    func aFrameIsTheSameAfterItsJSON(state: IntervieweeLock.State) throws {
        for candidate in [nil, 8] {
            let frame = frame(state, candidate: candidate)
            #expect(try JSONDecoder().decode(VideoFrame.self, from: JSONEncoder().encode(frame)) == frame)
        }
    }

    @Test func aFrameHasTheNamesOfSessions() throws {
        let json = try object(frame(.unsure(3, .sharesPlace)))
        #expect(json["frame"] as? Int == 7 && json["timestamp"] as? Double == 2.5)
        let state = try #require(json["interviewee"] as? [String: Any])
        #expect(state["state"] as? String == "unsure" && state["doubt"] as? String == "shares_place")
        #expect(state["face_id"] as? Int == 3)
        #expect(json["renamed"] as? [String: Int] == ["5": 3])
        let faces = try #require(json["faces"] as? [[String: Any]])
        #expect(faces.map { $0["face_id"] as? Int } == [3, 8])
        #expect(faces[0]["face_box"] as? [Double] == [10.5, -3, 80, 90.25])
        #expect(faces[0]["detection_stage"] as? String == "mtcnn" && faces[0]["face_motion"] as? Double == 0.25)
        #expect((faces[0]["emotions"] as? [String: Double])?["happy"] == 0.75)
        #expect(faces[1]["emotions"] is NSNull && faces[1]["identity_uncertain"] as? Bool == true)
    }

    @Test(arguments: [landmarks, nil])
    func aQualityHasTheNamesOfAnalyzeAndIsTheSameAfterItsJSON(landmarks: Landmarks?) throws {
        let quality = quality(landmarks: landmarks)
        let json = try object(quality)
        #expect(json["good_enough"] as? Bool == false && (json["issues"] as? [String])?.contains("too_dark") == true)
        #expect(json["reason"] as? String == quality.issue?.message)
        #expect((json["roll"] is NSNull) == (landmarks == nil))
        let names: Set = [
            "good_enough", "score", "issues", "reason", "brightness", "contrast", "sharpness", "side_pixels",
            "visible_part", "roll", "yaw", "pitch",
        ]
        #expect(Set(json.keys) == names)
        #expect(try JSONDecoder().decode(CaptureQuality.self, from: JSONEncoder().encode(quality)) == quality)
    }

    /// As `emotion analyze --json` prints it.
    @Test func aQualityIsReadFromALineOfAnalyze() throws {
        let text = """
            {"good_enough": false, "score": 0.5, "issues": ["too_dark"], "reason": "…", "brightness": 0.075,
             "contrast": 0.1, "sharpness": 0.2, "side_pixels": 80, "visible_part": 1, "roll": null, "yaw": null,
             "pitch": null}
            """
        let quality = try JSONDecoder().decode(CaptureQuality.self, from: Data(text.utf8))
        #expect(quality.issues == [.tooDark] && quality.score == 0.5 && quality.pose == nil && quality.sidePixels == 80)
        for broken in [
            text.replacing("too_dark", with: "tooDark"), text.replacing("\"roll\": null", with: "\"roll\": 1"),
        ] {
            #expect(throws: DecodingError.self) {
                try JSONDecoder().decode(CaptureQuality.self, from: Data(broken.utf8))
            }
        }
    }
}
