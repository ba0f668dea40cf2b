/// Reads WAV files: PCM of 8, 16, 24 and 32 bits, floating point of 32 and 64, plain or extensible, mixed to one channel.
///
/// - Source: Microsoft, "Multiple Channel Audio Data and WAVE Files", 2007; RIFF as of 1991.
public enum WaveReader {
    /// The mean of the channels.
    ///
    /// A file that ends before its `data` chunk does, or whose length was never filled in, as a recorder that was cut off or a
    /// pipe leaves it, gives the whole frames that are there.
    /// - Parameter bytes: the file.
    /// - Throws: ``SoundError``.
    /// - Complexity: O(n); at most four bytes of memory a frame besides `bytes`.
    public static func read(_ bytes: [UInt8], limits: SoundLimits = SoundLimits()) throws(SoundError) -> Sound {
        var reader = ChunkReader(bytes)
        guard reader.word(at: 0) == "RIFF", reader.word(at: 8) == "WAVE" else {
            throw .notWave
        }
        var format: Format?
        reader.place = 12
        while let chunk = reader.nextChunk() {
            switch chunk.name {
            case "fmt ": format = try Format(reader, chunk.content, limits)
            case "data":
                guard let format else { throw .malformed("samples before their format") }
                return try mix(bytes, chunk.content, format, limits)
            default: continue
            }
        }
        throw .truncated
    }

    private static func mix(
        _ bytes: [UInt8], _ content: Range<Int>, _ format: Format, _ limits: SoundLimits
    ) throws(SoundError) -> Sound {
        let frames = content.count / format.frameBytes
        guard frames > 0 else { throw .truncated }
        let seconds = Double(frames) / Double(format.rate)
        guard seconds <= limits.longest else { throw .tooLong(seconds: seconds, limit: limits.longest) }
        guard frames <= limits.samples else { throw .tooManySamples(frames, limit: limits.samples) }
        let scale = 1 / Float(format.channels)
        let samples = bytes.withUnsafeBytes { bytes in
            [Float](unsafeUninitializedCapacity: frames) { target, count in
                for frame in 0..<frames {
                    var sum: Float = 0
                    for channel in 0..<format.channels {
                        let place = content.lowerBound + frame * format.frameBytes + channel * format.encoding.bytes
                        sum += format.encoding.sample(bytes, place)
                    }
                    target[frame] = sum * scale
                }
                count = frames
            }
        }
        return Sound(samples: samples, rate: format.rate)
    }

    /// What the `fmt ` chunk says.
    private struct Format {
        let channels: Int
        let rate: Int
        let encoding: SampleEncoding
        var frameBytes: Int { channels * encoding.bytes }

        init(_ reader: ChunkReader, _ content: Range<Int>, _ limits: SoundLimits) throws(SoundError) {
            guard content.count >= 16 else { throw .malformed("a format of \(content.count) bytes") }
            let start = content.lowerBound
            var code = reader.integer(at: start, bytes: 2)
            (channels, rate) = (reader.integer(at: start + 2, bytes: 2), reader.integer(at: start + 4, bytes: 4))
            let (blockBytes, bits) = (
                reader.integer(at: start + 12, bytes: 2), reader.integer(at: start + 14, bytes: 2)
            )
            // The extensible format's own code stands in the first two bytes of an identifier.
            if code == 0xFFFE && content.count >= 40 { code = reader.integer(at: start + 24, bytes: 2) }
            guard let encoding = SampleEncoding(code: code, bits: bits) else {
                throw .unsupportedFormat(code: code, bits: bits)
            }
            self.encoding = encoding
            guard channels > 0 else { throw .malformed("no channel") }
            guard channels <= limits.channels else { throw .tooManyChannels(channels, limit: limits.channels) }
            guard limits.rates.contains(rate), SoundLimits.usualRates.contains(rate) else {
                throw .rate(rate, limits: limits.rates)
            }
            guard blockBytes == channels * encoding.bytes else {
                throw .malformed("frames of \(blockBytes) bytes for \(channels) channels of \(encoding.bytes)")
            }
        }
    }
}

/// How one sample is written, in little-endian order.
private enum SampleEncoding {
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

/// Goes from chunk to chunk of a RIFF file.
private struct ChunkReader {
    let bytes: [UInt8]
    var place = 0

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

    private static let others = ["LIST", "id3 ", "bext", "fact", "cue ", "iXML", "PEAK", "JUNK"]

    /// The next chunk, its content held to what is there.
    mutating func nextChunk() -> (name: String, content: Range<Int>)? {
        guard place + 8 <= bytes.count else { return nil }
        let name = word(at: place)
        let length = integer(at: place + 4, bytes: 4)
        let start = place + 8
        // A stream's length is not known when its header is written. No samples, and another chunk: then there are none.
        let isOpen = length == 0xFFFF_FFFF || name == "data" && length == 0 && !Self.others.contains(word(at: start))
        let end = isOpen ? bytes.count : min(start + length, bytes.count)
        place = min(end + (length & 1), bytes.count)
        return (name, start..<end)
    }
}
