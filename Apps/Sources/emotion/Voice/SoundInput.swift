import FileNames
import MediaStreams
import VoiceAnalysis
import VoiceEmotion

/// A sound that is heard piece by piece, from its beginning as often as it is asked for, so that it need not be held.
///
/// A file: WAV by our own reader, whatever else ffmpeg reads through that. `-` is a WAV file on standard input, which alone is held,
/// since it cannot be read twice.
struct SoundInput {
    let path: String
    private let held: Sound?

    private static let limits = SoundLimits()
    /// Samples a second to which ffmpeg brings other formats; more hold nothing of a voice.
    private static let rate = 48_000
    /// An hour of the largest WAV files that microphones record: 96,000 samples of three bytes and two channels.
    private static let mostBytes = 96_000 * 6 * 3600
    /// Bytes that are read at once.
    private static let piece = 1 << 19

    init(path: String) throws(FileFailure) {
        self.path = path
        guard path == "-" else {
            held = nil
            return
        }
        do {
            held = try WaveReader.read(FileBytes.readStandardInput(atMost: Self.mostBytes))
        } catch {
            throw Self.failure(path, error)
        }
    }

    /// Of samples that are held already.
    init(_ sound: Sound) { (path, held) = ("-", sound) }

    /// What can be measured of it.
    func hear() throws(FileFailure) -> MeasuredVoice {
        var meter: VoiceMeter?
        try read { samples, rate, count in
            if meter == nil { meter = VoiceMeter(rate: rate, sampleCount: count) }
            meter?.add(samples)
        }
        guard var meter else { throw FileFailure(path, reason: "\(SoundError.truncated)") }
        return meter.finish()
    }

    /// What acted emotions it sounds like; nil where nobody speaks.
    func score(_ heard: MeasuredVoice, by scorer: VoiceEmotionScorer) throws(FileFailure) -> VoiceEmotions? {
        try scorer.score(heard) { take throws(FileFailure) in try read { samples, rate, _ in take(samples, rate) } }
    }

    private func read(_ take: (_ samples: [Float], _ rate: Int, _ count: Int?) -> Void) throws(FileFailure) {
        if let held {
            for begin in stride(from: 0, to: held.samples.count, by: Self.piece) {
                let end = min(begin + Self.piece, held.samples.count)
                take(Array(held.samples[begin..<end]), held.rate, held.samples.count)
            }
            return
        }
        do {
            let beginning = try FileBytes.beginning(of: path, count: 12)
            if beginning.starts(with: "RIFF".utf8), beginning.suffix(4).elementsEqual("WAVE".utf8) {
                do { return try readWave(take) } catch SoundError.unsupportedFormat {
                    // ffmpeg knows the compressed kinds.
                }
            }
            var stream = WaveStream(limits: Self.limits)
            try FFmpeg.sound(of: path, longest: Self.limits.longest, rate: Self.rate) { bytes in
                try Self.pass(stream.add(bytes), of: stream, nil, to: take)
            }
            try Self.pass(stream.finish(), of: stream, nil, to: take)
        } catch {
            throw Self.failure(path, error)
        }
    }

    private func readWave(_ take: ([Float], Int, Int?) -> Void) throws {
        var stream = WaveStream(limits: Self.limits)
        var count: Int?
        try FileBytes.readPieces(of: path, size: Self.piece) { bytes, total in
            let samples = try stream.add(bytes)
            if count == nil { count = try stream.sampleCount(ofFileWith: total) }
            Self.pass(samples, of: stream, count, to: take)
        }
        try Self.pass(stream.finish(), of: stream, count, to: take)
    }

    private static func pass(
        _ samples: [Float], of stream: WaveStream, _ count: Int?, to take: ([Float], Int, Int?) -> Void
    ) {
        guard let rate = stream.rate, !samples.isEmpty else { return }
        take(samples, rate, count)
    }

    private static func failure(_ path: String, _ error: any Error) -> FileFailure {
        FileFailure(path, reason: (error as? FileBytes.Failure)?.reason ?? "\(error)")
    }
}
