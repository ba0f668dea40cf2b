import EmotionDetection
import InterviewRecording

/// Frames as a video session gives them, without a detector.
enum ScriptedFrames {
    /// A face of a frame.
    struct Face {
        var id: Int
        /// Probability of `happy`, the rest neutral; nil where it was not scored.
        var happy: Double? = 0.6
        var isCrowded = false
        var isUncertain = false
        /// Left end of its box, in pixels.
        var x = 10.0
        var mesh: MeshedFace?
    }

    static func frame(
        at timestamp: Double, _ state: IntervieweeLock.State, _ faces: [Face] = [], candidate: Int? = nil,
        isSettled: Bool = true, renamed: [Int: Int] = [:]
    ) -> VideoFrame {
        let image = Image(width: 120, height: 120, filledWith: .white)
        var frame = VideoFrame(
            index: 0, timestamp: timestamp,
            faces: faces.map { face in
                let detected = DetectedFace(
                    imageBox: Rect(x: face.x, y: 10, width: 80, height: 100), score: 0.99, stage: .mtcnn)
                var seen = VideoFace(
                    detected, id: face.id, quality: CaptureQuality(of: detected, in: image), at: timestamp)
                (seen.isCrowded, seen.isIdentityUncertain) = (face.isCrowded, face.isUncertain)
                seen.isInterviewee = state == .locked(face.id)
                (seen.emotions, seen.motion, seen.mesh) = (face.happy.map(scores), 0.1, face.mesh)
                return seen
            },
            intervieweeState: state,
            timings: StageTimings(loadMilliseconds: 0, faceSearchMilliseconds: 0, classificationMilliseconds: 0))
        (frame.isChoiceSettled, frame.candidate, frame.renamed) = (isSettled, candidate, renamed)
        return frame
    }

    private static func scores(happy: Double) -> EmotionScores {
        EmotionScores([.happy: happy, .neutral: 1 - happy])
    }
}
