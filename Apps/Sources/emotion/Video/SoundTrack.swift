import ConsoleOutput
import FileNames
import MediaStreams
import InterviewAnalysis
import VoiceAnalysis
import VoiceEmotion

/// The sound that comes with the pictures of a session.
enum SoundTrack {
    /// Seconds of a session that are listened to at most.
    private static let longest = SoundLimits().longest

    /// Puts what is heard of it into a session, on the clock of the pictures; nothing where there is none.
    ///
    /// A sound that cannot be read costs the session nothing else: it is told on standard error.
    static func listen(to video: VideoFile?, for record: inout SessionRecord) {
        guard let video, !video.sound.isEmpty else { return }
        do {
            try listen(to: try SoundInput(path: video.path), for: &record)
        } catch {
            Console.report("emotion: the sound was not measured: \(error)")
        }
    }

    /// Starts to listen to a microphone; nil where it cannot be listened to, which costs the session nothing else.
    static func microphone(_ device: String) -> Microphone? {
        do { return try Microphone(device, longest: longest) } catch {
            Console.report("emotion: the microphone gave no sound: \(error)")
            return nil
        }
    }

    /// Measures a sound, and scores it where the model of the voice can be loaded.
    private static func listen(to sound: SoundInput, for record: inout SessionRecord) throws {
        let heard = try sound.hear()
        record.voice = heard.measurements
        do {
            record.voiceEmotions = try sound.score(heard, by: VoiceEmotionScorer())
        } catch {
            Console.report("emotion: the voice was measured, and not scored: \(error)")
        }
    }

    /// Puts what a microphone heard into a session, on the session's clock.
    ///
    /// - Parameter start: of the session; what was heard before is left out, and before the microphone was ready it was silent.
    static func listen(
        to microphone: Microphone, since start: ContinuousClock.Instant, for record: inout SessionRecord
    ) {
        let recording: Microphone.Recording
        do { recording = try microphone.finish() } catch {
            Console.report("emotion: the microphone gave no sound: \(error)")
            return
        }
        if let failure = recording.failure {
            Console.report(
                "emotion: the microphone's sound ends early: \(FileFailure(NamelessFile.folder, reason: failure.reason))"
            )
        }
        let delay = recording.begin.map { ($0 - start) / .seconds(1) } ?? 0
        let silence = Int((delay * Double(Microphone.rate)).rounded())
        do {
            guard let sound = try SoundInput(recording, after: silence) else { return }
            try listen(to: sound, for: &record)
        } catch {
            Console.report("emotion: the microphone was not measured: \(error)")
        }
    }
}
