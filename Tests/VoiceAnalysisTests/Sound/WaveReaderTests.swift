import TestSupport
import Testing
import VoiceAnalysis

@Suite struct WaveReaderTests {
    /// A file of `samples`, each one value a channel, written with `bytes` bytes as PCM or, of code 3, as floating point.
    private static func wave(
        _ sample: (code: Int, bits: Int) = (1, 16), channels: Int = 1, rate: Int = 8000, data: [UInt8],
        extensible: Bool = false, before: [UInt8] = [], length: Int? = nil
    ) -> [UInt8] {
        let (code, bits) = sample
        func little(_ value: Int, _ count: Int) -> [UInt8] {
            (0..<count).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
        }
        let block = channels * bits / 8
        var format = little(extensible ? 0xFFFE : code, 2) + little(channels, 2) + little(rate, 4)
        format += little(rate * block, 4) + little(block, 2) + little(bits, 2)
        if extensible {
            format +=
                little(22, 2) + little(bits, 2) + little(0, 4) + little(code, 2) + [UInt8](repeating: 0, count: 14)
        }
        let content =
            Array("WAVE".utf8) + before + Array("fmt ".utf8) + little(format.count, 4) + format
            + Array("data".utf8) + little(length ?? data.count, 4) + data
        return Array("RIFF".utf8) + little(content.count, 4) + content
    }

    @Test func readsEveryKindOfSample() throws {
        #expect(try WaveReader.read(Self.wave((1, 8), data: [0, 128, 192])).samples == [-1, 0, 0.5])
        #expect(try WaveReader.read(Self.wave(data: [0, 0x80, 0, 0, 0, 0x40])).samples == [-1, 0, 0.5])
        #expect(try WaveReader.read(Self.wave((1, 24), data: [0, 0, 0x80, 0, 0, 0x40])).samples == [-1, 0.5])
        #expect(try WaveReader.read(Self.wave((1, 32), data: [0, 0, 0, 0x80, 0, 0, 0, 0x40])).samples == [-1, 0.5])
        #expect(
            try WaveReader.read(Self.wave((3, 32), data: [0, 0, 0, 0x3F, 0, 0, 0xC0, 0x7F])).samples == [
                0.5, 0,
            ])
        #expect(
            try WaveReader.read(Self.wave((3, 64), data: [0, 0, 0, 0, 0, 0, 0xE0, 0x3F], extensible: true))
                .samples
                == [0.5])
    }

    @Test func mixesChannels() throws {
        let sound = try WaveReader.read(Self.wave(channels: 2, rate: 44_100, data: [0, 0x40, 0, 0, 0, 0x40, 0, 0xC0]))
        #expect(sound.samples == [0.25, 0])
        #expect(sound.rate == 44_100)
    }

    /// As a recorder that was cut off leaves it, and a program that writes into a pipe; a whole frame at least.
    @Test func readsWhatIsThereOfAnUnfinishedFile() throws {
        for length in [0, 0xFFFF_FFFF, 1000] {
            #expect(
                try WaveReader.read(Self.wave(data: [0, 0x40, 0, 0x20, 7], length: length)).samples == [0.5, 0.25])
        }
    }

    @Test func passesOverOtherChunks() throws {
        let list = Array("LIST".utf8) + [3, 0, 0, 0, 1, 2, 3, 0]
        #expect(try WaveReader.read(Self.wave(data: [0, 0x40], before: list)).samples == [0.5])
    }

    /// A recording that was never begun, with what its program says of itself behind it.
    @Test func metadataIsNoSound() {
        var bytes = Self.wave(data: [], length: 0)
        bytes += Array("LIST".utf8) + [4, 0, 0, 0, 1, 2, 3, 4]
        #expect(throws: SoundError.truncated) { try WaveReader.read(bytes) }
    }

    @Test func countsSamplesBeforeItReadsThem() {
        let bytes = Self.wave(data: [UInt8](repeating: 0, count: 22))
        #expect(throws: SoundError.tooManySamples(11, limit: 10)) {
            try WaveReader.read(bytes, limits: SoundLimits(samples: 10))
        }
    }

    @Test(arguments: [
        ([], SoundError.notWave), (Array("RF64____WAVE".utf8), .notWave), (Array("RIFF____AVI ".utf8), .notWave),
        (Array("RIFF____WAVE".utf8), .truncated),
        (wave(data: []), .truncated), (wave(data: [1]), .truncated),
        (wave((85, 16), data: [0, 0]), .unsupportedFormat(code: 85, bits: 16)),
        (wave((1, 12), data: [0, 0]), .unsupportedFormat(code: 1, bits: 12)),
        (wave(channels: 0, data: [0, 0]), .malformed("no channel")),
        (wave(channels: 33, data: [0, 0]), .tooManyChannels(33, limit: 32)),
        (wave(rate: 0, data: [0, 0]), .rate(0, limits: 4_000...384_000)),
        (wave(rate: 4000, data: [UInt8](repeating: 0, count: 16_002)), .tooLong(seconds: 2.00025, limit: 2)),
        (Array("RIFF____WAVEdata".utf8) + [2, 0, 0, 0, 0, 0], .malformed("samples before their format")),
        (Array("RIFF____WAVEfmt ".utf8) + [2, 0, 0, 0, 0, 0], .malformed("a format of 2 bytes")),
    ])
    func refusesWhatIsNoSound(bytes: [UInt8], error: SoundError) {
        #expect(throws: error) { try WaveReader.read(bytes, limits: SoundLimits(longest: 2)) }
    }

    /// A file that comes in pieces gives the samples, or the error, of the whole.
    @Test func aStreamReadsWhatTheReaderReads() throws {
        let list = Array("LIST".utf8) + [3, 0, 0, 0, 1, 2, 3, 0]
        let data = (0..<600).map { UInt8(truncatingIfNeeded: $0 * 37) }
        for bytes in [
            Self.wave(data: data), Self.wave((1, 24), channels: 2, data: data, extensible: true),
            Self.wave(data: data, before: list), Self.wave(data: data, length: 0),
            Self.wave(data: data, length: 0xFFFF_FFFF),
            Self.wave(data: data, length: 100) + list, Self.wave(data: data, length: 10_000),
            Self.wave(data: []), Self.wave(data: [1]), Self.wave((85, 16), data: data), Array("RIFF".utf8), [],
            Self.wave(data: [], length: 0) + list, Array("RIFF____AVI LIST".utf8),
        ] {
            let expected = Result { () throws(SoundError) in try WaveReader.read(bytes) }
            for size in [1, 13, 4096] {
                var (stream, samples, count) = (WaveStream(), [Float](), Int?.none)
                let found = Result { () throws(SoundError) in
                    for begin in stride(from: 0, to: bytes.count, by: size) {
                        samples += try stream.add(Array(bytes[begin..<min(begin + size, bytes.count)]))
                        if count == nil { count = try stream.sampleCount(ofFileWith: bytes.count) }
                    }
                    samples += try stream.finish()
                    return Sound(samples: samples, rate: stream.rate ?? 0)
                }
                #expect(found == expected)
                if case .success(let sound) = expected, size > 1 {
                    #expect(count ?? sound.samples.count == sound.samples.count)
                }
            }
        }
        var stream = WaveStream(limits: SoundLimits(samples: 10))
        _ = try stream.add(Array(Self.wave(data: [UInt8](repeating: 0, count: 22)).prefix(50)))
        #expect(throws: SoundError.tooManySamples(11, limit: 10)) { try stream.sampleCount(ofFileWith: 66) }
        stream = WaveStream(limits: SoundLimits(samples: 10))
        #expect(throws: SoundError.tooManySamples(11, limit: 10)) {
            try stream.add(Self.wave(data: [UInt8](repeating: 0, count: 22)))
        }
    }

    /// Whatever stands in the file: a sound or an error.
    @Test func changedBytesGiveASoundOrAnError() throws {
        let whole = Self.wave((1, 24), channels: 2, data: [UInt8](repeating: 7, count: 600), extensible: true)
        var generator = SeededGenerator(seed: 11)
        var (sounds, errors) = (0, 0)
        for _ in 0..<20_000 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                bytes[Int.random(in: 0..<80, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
            if Bool.random(using: &generator) { bytes.removeLast(Int.random(in: 0...bytes.count, using: &generator)) }
            do {
                let sound = try WaveReader.read(bytes)
                #expect(!sound.samples.isEmpty && sound.samples.count <= 600)
                sounds += 1
            } catch { errors += 1 }
        }
        #expect(sounds > 1000 && errors > 1000, "\(sounds) sounds, \(errors) errors")
    }
}
