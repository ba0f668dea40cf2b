import EmotionDetection
import Foundation
import InterviewAnalysis
import InterviewRecording
import Testing

/// What a face does gets into the session: from frames that were scored, and from those between them.
@Suite struct FollowedMeshTests {
    private typealias Face = ScriptedFrames.Face

    /// A mesh whose eyes are so many pixels apart.
    private func mesh(span: Double = 60) throws -> MeshedFace {
        var points = [[Double]](repeating: [100, 100, 0], count: 478)
        points[33] = [50, 60, 0]
        points[263] = [50 + span, 60, 0]
        points[14] = [100, 100 + span / 4, 0]
        let movements = Dictionary(uniqueKeysWithValues: Blendshape.allCases.map { ($0.rawValue, 0.125) })
        let signals = [
            "gaze_yaw": 3.0, "gaze_pitch": -2, "look_across": 0, "look_up": 0, "blink_left": 0.25, "blink_right": 0.5,
            "smile_left": 0.75, "smile_right": 0.5, "smile_balance": 0.25, "brows_up": 0.125, "brows_down": 0.5,
            "jaw_open": 0.375,
        ]
        let object: [String: Any] = [
            "presence": 1, "region": ["center": [80, 90], "side": 200, "angle_degrees": 0],
            "head_pose": ["yaw": 10.5, "pitch": -4, "roll": 2], "signals": signals, "blendshapes": movements,
            "points": points,
        ]
        return try JSONDecoder().decode(MeshedFace.self, from: JSONSerialization.data(withJSONObject: object))
    }

    @Test func theIntervieweesIsKeptAndNobodyElses() throws {
        let (theirs, other) = (try mesh(), try mesh(span: 90))
        var recorder = InterviewRecorder()
        let faces = [Face(id: 1, mesh: theirs), Face(id: 2, happy: nil, x: 300, mesh: other)]
        for number in 0..<4 {
            try recorder.record(
                ScriptedFrames.frame(at: Double(number), number < 2 ? .selecting : .locked(1), faces, candidate: 1))
            try recorder.skip(at: Double(number) + 0.5, following: [1: theirs, 2: other])
        }
        try recorder.record(ScriptedFrames.frame(at: 4, .absent(1, since: 4), []))
        try recorder.skip(at: 4.5, following: [2: other])
        let record = try recorder.finish()
        #expect(record.frames.count == 4)
        #expect(record.frames.allSatisfy { $0.movements?[.eyeSpan] == 60 })
        let skipped = record.missed.filter { $0.reason == .sampling }
        #expect(skipped.count == 5)
        #expect(skipped.dropLast().allSatisfy { $0.movements?[.eyeSpan] == 60 })
        #expect(skipped.last?.movements == nil)
        #expect(record.missed.first { $0.reason == .noFace }?.movements == nil)
    }

    @Test func theHeadIsTurnedAsTheMeshSays() throws {
        let mesh = try mesh()
        var recorder = InterviewRecorder()
        try recorder.record(ScriptedFrames.frame(at: 0, .locked(1), [Face(id: 1, mesh: mesh)]))
        try recorder.record(ScriptedFrames.frame(at: 1, .locked(1), [Face(id: 1)]))
        let record = try recorder.finish()
        let movements = try #require(record.frames[0].movements)
        #expect(record.frames[0].pose == FacePose(roll: 2, yaw: 10.5, pitch: -4))
        #expect(movements[.yaw] == 10.5 && movements[.pitch] == -4 && movements[.roll] == 2)
        #expect(movements[.gazeYaw] == 3 && movements[.gazePitch] == -2)
        #expect(movements[.blinkLeft] == 0.25 && movements[.blinkRight] == 0.5)
        #expect(movements[.smileLeft] == 0.75 && movements[.smileRight] == 0.5)
        #expect(movements[.browsUp] == 0.125 && movements[.browsDown] == 0.5)
        #expect(movements[.jawOpen] == 0.375 && movements[.mouthOpening] == 0.25)
        #expect(record.frames[1].movements == nil && record.frames[1].pose == nil)
    }
}
