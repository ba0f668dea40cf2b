import FileNames
import MediaStreams
import VoiceAnalysis
import VoiceEmotion

/// A sound that is heard piece by piece, from its beginning as often as it is asked for, so that it need not be held.
///
/// WAV is read by our own reader, whatever else ffmpeg reads through that. What comes only once, on standard input or from a
/// microphone, lies in a file without a name meanwhile.
struct SoundInput {
    private enum Source {
        case file
        case spooled(NamelessFile)
        /// 16-bit samples that begin after so many samples of silence, or that many before the sound, where it is negative.
        case microphone(NamelessFile, silence: Int)
    }

    /// `-` for what has no name.
    let path: String
    private let source: Source

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
            source = .file
            return
        }
        let file: NamelessFile
        do throws(FileBytes.Failure) { file = try NamelessFile() } catch {
            throw FileFailure(NamelessFile.folder, reason: error.reason)
        }
        do throws(NamelessFile.Failure) { try file.appendStandardInput(atMost: Self.mostBytes) } catch {
            switch error {
            case .unread(let failure): throw FileFailure(path, reason: failure.reason)
            case .unwritten(let failure): throw FileFailure(NamelessFile.folder, reason: failure.reason)
            }
        }
        source = .spooled(file)
    }

    /// What a microphone heard, after so many samples of silence, or without its first ones, where that is negative; nil where
    /// nothing is left.
    init?(_ recording: Microphone.Recording, after silence: Int) throws(FileFailure) {
        (path, source) = ("-", .microphone(recording.samples, silence: silence))
        do throws(FileBytes.Failure) {
            guard try recording.samples.count() / 2 > max(0, -silence) else { return nil }
        } catch {
            throw Self.failure(path, error)
        }
    }

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
        do {
            switch source {
            case .file: try read(FileBytes.beginning(of: path, count: 12), nil, take)
            case .spooled(let file): try read(file.beginning(count: 12), file, take)
            case .microphone(let file, let silence): try Self.readSamples(of: file, after: silence, take)
            }
        } catch {
            throw Self.failure(path, error)
        }
    }

    private func read(
        _ beginning: [UInt8], _ nameless: NamelessFile?, _ take: ([Float], Int, Int?) -> Void
    ) throws {
        if beginning.starts(with: "RIFF".utf8), beginning.suffix(4).elementsEqual("WAVE".utf8) {
            do { return try readWave(nameless, take) } catch SoundError.unsupportedFormat {
                // ffmpeg knows the compressed kinds.
            }
        }
        var stream = WaveStream(limits: Self.limits)
        let name = nameless == nil ? path : "standard input"
        try FFmpeg.sound(of: name, or: nameless, longest: Self.limits.longest, rate: Self.rate) { bytes in
            try Self.pass(stream.add(bytes), of: stream, nil, to: take)
        }
        try Self.pass(stream.finish(), of: stream, nil, to: take)
    }

    private func readWave(_ nameless: NamelessFile?, _ take: ([Float], Int, Int?) -> Void) throws {
        var stream = WaveStream(limits: Self.limits)
        var count: Int?
        func add(_ bytes: [UInt8], _ total: Int) throws {
            let samples = try stream.add(bytes)
            if count == nil { count = try stream.sampleCount(ofFileWith: total) }
            Self.pass(samples, of: stream, count, to: take)
        }
        if let nameless {
            try nameless.readPieces(size: Self.piece, add)
        } else {
            try FileBytes.readPieces(of: path, size: Self.piece, add)
        }
        try Self.pass(stream.finish(), of: stream, count, to: take)
    }

    private static func readSamples(
        of file: NamelessFile, after silence: Int, _ take: ([Float], Int, Int?) -> Void
    ) throws {
        let count = try silence + file.count() / 2
        for begin in stride(from: 0, to: silence, by: piece) {
            take([Float](repeating: 0, count: min(piece, silence - begin)), Microphone.rate, count)
        }
        try file.readPieces(from: 2 * max(0, -silence), size: piece) { bytes, _ in
            let samples = bytes.withUnsafeBytes { bytes in
                (0..<bytes.count / 2).map { index in
                    Float(Int16(littleEndian: bytes.loadUnaligned(fromByteOffset: 2 * index, as: Int16.self))) / 32_768
                }
            }
            take(samples, Microphone.rate, count)
        }
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
