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
        return VideoFrame(
            index: 0, timestamp: timestamp,
            faces: faces.map { face in
                let detected = DetectedFace(
                    imageBox: Rect(x: face.x, y: 10, width: 80, height: 100), score: 0.99, stage: .mtcnn)
                return VideoFace(
                    track: TrackedFace(
                        id: face.id, state: .confirmed, face: detected, firstSeen: 0, lastSeen: timestamp,
                        similarity: 1,
                        isCrowded: face.isCrowded, isIdentityUncertain: face.isUncertain),
                    isInterviewee: state == .locked(face.id), emotions: face.happy.map(scores),
                    quality: CaptureQuality(of: detected, in: image), motion: 0.1, mesh: face.mesh)
            },
            intervieweeState: state, isChoiceSettled: isSettled, candidate: candidate, renamed: renamed,
            timings: StageTimings(loadMilliseconds: 0, faceSearchMilliseconds: 0, classificationMilliseconds: 0))
    }

    private static func scores(happy: Double) -> EmotionScores {
        EmotionScores([.happy: happy, .neutral: 1 - happy])
    }
}
