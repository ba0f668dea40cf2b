/// What stands before a WAV file's samples.
struct WaveHeader {
    let rate: Int
    private let channels: Int
    private let encoding: SampleEncoding
    /// The first sample's place in the file.
    let start: Int
    /// Bytes of samples; nil where the file says none, and they go on to its end.
    private let length: Int?

    private var frameBytes: Int { channels * encoding.bytes }

    /// The header, once the `data` chunk begins within `bytes`; nil where it does not.
    ///
    /// - Parameters:
    ///   - bytes: the beginning of a file.
    ///   - isWhole: whether nothing follows them.
    static func find(in bytes: [UInt8], isWhole: Bool, _ limits: SoundLimits) throws(SoundError) -> WaveHeader? {
        let reader = ByteFields(bytes)
        guard bytes.count >= 12 || isWhole else { return nil }
        guard reader.word(at: 0) == "RIFF", reader.word(at: 8) == "WAVE" else { throw .notWave }
        var format: (channels: Int, rate: Int, encoding: SampleEncoding)?
        var place = 12
        // Behind the beginning of a chunk four bytes more tell an empty one from one whose length was never filled in.
        while place + (isWhole ? 8 : 12) <= bytes.count {
            let name = reader.word(at: place)
            let length = reader.integer(at: place + 4, bytes: 4)
            let start = place + 8
            let isNotFilledIn = length == 0 && !ByteFields.others.contains(reader.word(at: start))
            switch name {
            case "fmt ":
                let end = min(start + length, bytes.count)
                guard end == start + length || isWhole else { return nil }
                format = try Self.format(reader, start..<end, limits)
            case "data":
                guard let format else { throw .malformed("samples before their format") }
                return WaveHeader(
                    rate: format.rate, channels: format.channels, encoding: format.encoding, start: start,
                    length: length == 0xFFFF_FFFF || isNotFilledIn ? nil : length)
            default: break
            }
            place = start + length + (length & 1)
        }
        return nil
    }

    /// Whole frames of a file of `bytes` bytes.
    func frames(in bytes: Int) -> Int { max(0, min(length ?? .max, bytes - start)) / frameBytes }

    /// Whole frames that the header promises; nil where it does not say.
    var promisedFrames: Int? { length.map { $0 / frameBytes } }

    /// How many frames so many bytes hold, and the other way round.
    func wholeFrames(_ bytes: Int) -> Int { bytes / frameBytes }
    func bytes(of frames: Int) -> Int { frames * frameBytes }

    func check(frames: Int, _ limits: SoundLimits) throws(SoundError) {
        let seconds = Double(frames) / Double(rate)
        guard seconds <= limits.longest else { throw .tooLong(seconds: seconds, limit: limits.longest) }
        guard frames <= limits.samples else { throw .tooManySamples(frames, limit: limits.samples) }
    }

    /// The mean of the channels.
    func samples(_ bytes: UnsafeRawBufferPointer, from start: Int, frames: Int) -> [Float] {
        let scale = 1 / Float(channels)
        return [Float](unsafeUninitializedCapacity: frames) { target, count in
            for frame in 0..<frames {
                var sum: Float = 0
                for channel in 0..<channels {
                    sum += encoding.sample(bytes, start + frame * frameBytes + channel * encoding.bytes)
                }
                target[frame] = sum * scale
            }
            count = frames
        }
    }

    /// What the `fmt ` chunk says.
    private static func format(
        _ reader: ByteFields, _ content: Range<Int>, _ limits: SoundLimits
    ) throws(SoundError) -> (channels: Int, rate: Int, encoding: SampleEncoding) {
        guard content.count >= 16 else { throw .malformed("a format of \(content.count) bytes") }
        let start = content.lowerBound
        var code = reader.integer(at: start, bytes: 2)
        let (channels, rate) = (reader.integer(at: start + 2, bytes: 2), reader.integer(at: start + 4, bytes: 4))
        let (blockBytes, bits) = (
            reader.integer(at: start + 12, bytes: 2), reader.integer(at: start + 14, bytes: 2)
        )
        // The extensible format's own code stands in the first two bytes of an identifier.
        if code == 0xFFFE && content.count >= 40 { code = reader.integer(at: start + 24, bytes: 2) }
        guard let encoding = SampleEncoding(code: code, bits: bits) else {
            throw .unsupportedFormat(code: code, bits: bits)
        }
        guard channels > 0 else { throw .malformed("no channel") }
        guard channels <= limits.channels else { throw .tooManyChannels(channels, limit: limits.channels) }
        guard limits.rates.contains(rate), SoundLimits.usualRates.contains(rate) else {
            throw .rate(rate, limits: limits.rates)
        }
        guard blockBytes == channels * encoding.bytes else {
            throw .malformed("frames of \(blockBytes) bytes for \(channels) channels of \(encoding.bytes)")
        }
        return (channels, rate, encoding)
    }
}

/// How one sample is written, in little-endian order.
enum SampleEncoding {
    case unsigned8, signed16, signed24, signed32, float32, float64

    init?(code: Int, bits: Int) {
        switch (code, bits) {
        case (1, 8): self = .unsigned8
        case (1, 16): self = .signed16
        case (1, 24): self = .signed24
        case (1, 32): self = .signed32
        case (3, 32): self = .float32
        case (3, 64): self = .float64
        default: return nil
        }
    }

    var bytes: Int {
        switch self {
        case .unsigned8: 1
        case .signed16: 2
        case .signed24: 3
        case .signed32, .float32: 4
        case .float64: 8
        }
    }

    /// Not-a-number, infinity and what is beyond ±8 count as silence: no recorder writes them.
    @inline(__always)
    func sample(_ bytes: UnsafeRawBufferPointer, _ place: Int) -> Float {
        switch self {
        case .unsigned8: return (Float(bytes[place]) - 128) / 128
        case .signed16: return Float(bytes.loadUnaligned(fromByteOffset: place, as: Int16.self).littleEndian) / 32_768
        case .signed24:
            let value = Int32(bytes[place]) << 8 | Int32(bytes[place + 1]) << 16 | Int32(bytes[place + 2]) << 24
            return Float(value) / 2_147_483_648
        case .signed32:
            return Float(bytes.loadUnaligned(fromByteOffset: place, as: Int32.self).littleEndian) / 2_147_483_648
        case .float32:
            let value = Float(
                bitPattern: bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self).littleEndian)
            return abs(value) <= 8 ? value : 0
        case .float64:
            let value = Double(
                bitPattern: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self).littleEndian)
            return abs(value) <= 8 ? Float(value) : 0
        }
    }
}

/// Reads fields of a RIFF file.
private struct ByteFields {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Four letters; empty beyond the end.
    func word(at place: Int) -> String {
        place + 4 <= bytes.count ? String(decoding: bytes[place..<(place + 4)], as: UTF8.self) : ""
    }

    /// 0 beyond the end.
    func integer(at place: Int, bytes count: Int) -> Int {
        guard place + count <= bytes.count else { return 0 }
        return (0..<count).reduce(0) { $0 | Int(bytes[place + $1]) << ($1 * 8) }
    }

    /// Chunks that may follow samples.
    static let others = ["LIST", "id3 ", "bext", "fact", "cue ", "iXML", "PEAK", "JUNK"]
}
