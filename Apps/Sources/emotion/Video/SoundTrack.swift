import ConsoleOutput
import MediaStreams
import VoiceAnalysis

/// The sound that comes with the pictures of a session.
enum SoundTrack {
    /// Seconds of a session that are listened to at most.
    static let longest = SoundLimits().longest

    /// What is measured of it, on the clock of the pictures; nil where there is none.
    ///
    /// A sound that cannot be read costs the session nothing else: it is told on standard error.
    static func voice(of video: VideoFile?) -> VoiceMeasurements? {
        guard let video, !video.sound.isEmpty else { return nil }
        do {
            return VoiceAnalyzer.measure(try SoundInput(path: video.path).read())
        } catch {
            Console.report("emotion: the sound was not measured: \(error)")
            return nil
        }
    }

    /// What is measured of what a microphone heard, on the clock of the session.
    ///
    /// - Parameter start: of the session; what was heard before is left out, and before the microphone was ready it was silent.
    static func voice(of microphone: Microphone, since start: ContinuousClock.Instant) -> VoiceMeasurements? {
        let recording: Microphone.Recording
        do { recording = try microphone.finish() } catch {
            Console.report("emotion: the microphone gave no sound: \(error)")
            return nil
        }
        let delay = recording.begin.map { ($0 - start) / .seconds(1) } ?? 0
        let offset = Int((delay * Double(Microphone.rate)).rounded())
        let heard = recording.bytes.withUnsafeBytes { bytes in
            (max(0, -offset)..<max(0, -offset, bytes.count / 2)).map { index in
                Float(Int16(littleEndian: bytes.loadUnaligned(fromByteOffset: 2 * index, as: Int16.self))) / 32_768
            }
        }
        guard !heard.isEmpty else { return nil }
        let silence = [Float](repeating: 0, count: max(0, offset))
        return VoiceAnalyzer.measure(Sound(samples: silence + heard, rate: Microphone.rate))
    }
}
