import ConsoleOutput
import MediaStreams
import VoiceAnalysis

/// The sound that comes with a video's pictures.
enum SoundTrack {
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
}
