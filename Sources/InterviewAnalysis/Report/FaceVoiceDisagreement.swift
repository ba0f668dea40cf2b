public import Emotions
import VoiceAnalysis

/// A stretch in which the face was read as one expression and the voice sounded like another, both surely enough to be named.
///
/// Two classifiers' answers, each of which is often wrong; nothing of it tells what a person feels, or that anything is hidden.
public struct FaceVoiceDisagreement: Codable, Sendable, Hashable {
    /// Seconds since the session began.
    public let start: Double
    public let end: Double
    /// The strongest of the mean probabilities of the scored frames, and that mean.
    public let face: Emotion
    public let faceShare: Double
    /// What the voice sounded like, and its mean score.
    public let voice: Emotion
    public let voiceShare: Double

    /// Scored frames in a window without which the face is not asked.
    package static let leastFrames = 3

    enum CodingKeys: String, CodingKey {
        case start, end, face, voice
        case faceShare = "face_share"
        case voiceShare = "voice_share"
    }

    /// Windows of the voice that say the same against the face are one stretch where they overlap.
    ///
    /// - Parameters:
    ///   - scored: the frames that count, in the order of time.
    ///   - rule: from when on the face's expression is named.
    /// - Complexity: O(windows · log frames + frames).
    static func find(
        in scored: [FrameData], voice: VoiceEmotions, rule: UncertaintyRule
    ) -> [FaceVoiceDisagreement] {
        var stretches: [Stretch] = []
        for window in voice.windows where !window.uncertain {
            let frames = scored.between(window.start, window.end, time: \.timestamp)
            guard frames.count >= leastFrames, let mean = EmotionScores.mean(of: frames.map(\.emotions)),
                case .expression(let face) = rule.answer(for: mean), face != window.dominantEmotion
            else { continue }
            if let last = stretches.last, last.face == face, last.voice == window.dominantEmotion,
                window.start <= last.end
            {
                stretches[stretches.count - 1].extend(by: window, faceShare: mean[face])
            } else {
                stretches.append(
                    Stretch(
                        start: window.start, end: window.end, face: face, voice: window.dominantEmotion,
                        faceShares: [mean[face]], voiceShares: [window.confidence]))
            }
        }
        return stretches.map { stretch in
            FaceVoiceDisagreement(
                start: stretch.start, end: stretch.end, face: stretch.face,
                faceShare: Statistics.mean(stretch.faceShares), voice: stretch.voice,
                voiceShare: Statistics.mean(stretch.voiceShares))
        }
    }

    /// One that is still growing.
    private struct Stretch {
        let start: Double
        var end: Double
        let face: Emotion
        let voice: Emotion
        var faceShares: [Double]
        var voiceShares: [Double]

        mutating func extend(by window: VoiceEmotions.Window, faceShare: Double) {
            end = window.end
            faceShares.append(faceShare)
            voiceShares.append(window.confidence)
        }
    }
}
