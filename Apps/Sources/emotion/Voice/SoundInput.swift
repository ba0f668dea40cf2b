import FileNames
import MediaStreams
import VoiceAnalysis

/// A file with sound: WAV by our own reader, whatever else ffmpeg reads through that; `-` is a WAV file on standard input.
struct SoundInput {
    let path: String

    private static let limits = SoundLimits()
    /// Samples a second to which ffmpeg brings other formats; more hold nothing of a voice.
    private static let rate = 48_000
    /// An hour of the largest WAV files that microphones record: 96,000 samples of three bytes and two channels.
    private static let mostBytes = 96_000 * 6 * 3600

    func read() throws(FileFailure) -> Sound {
        do {
            if path == "-" { return try WaveReader.read(FileBytes.readStandardInput(atMost: Self.mostBytes)) }
            let beginning = try FileBytes.beginning(of: path, count: 12)
            if beginning.starts(with: "RIFF".utf8), beginning.suffix(4).elementsEqual("WAVE".utf8) {
                do { return try WaveReader.read(FileBytes.read(path, atMost: Self.mostBytes)) } catch SoundError
                    .unsupportedFormat
                {
                    // ffmpeg knows the compressed kinds.
                }
            }
            return try WaveReader.read(
                FFmpeg.sound(of: path, longest: Self.limits.longest, rate: Self.rate))
        } catch let error as FileBytes.Failure {
            throw FileFailure(path, reason: error.reason)
        } catch {
            throw FileFailure(path, reason: "\(error)")
        }
    }
}
