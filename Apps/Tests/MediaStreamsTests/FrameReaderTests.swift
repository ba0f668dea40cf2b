import Foundation
import Testing

@testable import MediaStreams

/// Frames of 2×1 pixels, wrapped by hand.
@Suite struct FrameReaderTests {
    /// A pipe that holds `bytes` and then ends.
    private func stream(_ bytes: [UInt8]) throws -> Descriptor {
        let pipe = Pipe()
        try pipe.fileHandleForWriting.write(contentsOf: Data(bytes))
        try pipe.fileHandleForWriting.close()
        return Descriptor(dup(pipe.fileHandleForReading.fileDescriptor))
    }

    /// Segment and cluster of unknown size, as ffmpeg writes to a pipe.
    private static func matroska(pictures: [(milliseconds: UInt8, pixels: [UInt8])]) -> [UInt8] {
        let head: [UInt8] = [0x1A, 0x45, 0xDF, 0xA3, 0x82, 0xAB, 0xCD]
        let segment: [UInt8] = [0x18, 0x53, 0x80, 0x67, 0x01, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]
        let video: [UInt8] = [0xE0, 0x86, 0xB0, 0x81, 2, 0xBA, 0x81, 1]
        let track: [UInt8] = [0x16, 0x54, 0xAE, 0x6B, 0x8A, 0xAE, UInt8(0x80 + video.count)] + video
        let clusters = pictures.flatMap { picture -> [UInt8] in
            let block: [UInt8] = [0xA3, UInt8(0x84 + picture.pixels.count), 0x81, 0, 5, 0x80] + picture.pixels
            return [0x1F, 0x43, 0xB6, 0x75, 0xFF, 0xE7, 0x81, picture.milliseconds] + block
        }
        return head + segment + track + clusters
    }

    @Test func readsPicturesWithTheirOwnTimes() throws {
        let bytes = Self.matroska(pictures: [
            (10, [1, 2, 3, 4, 5, 6]), (43, [6, 5, 4, 3, 2, 1]), (210, [0, 0, 0, 9, 9, 9]),
        ])
        let reader = try MatroskaFrameReader(stream(bytes))
        #expect(reader.widthPixels == 2 && reader.heightPixels == 1)
        var seconds: [Double] = []
        var pixels: [[UInt8]] = []
        while let frame = try reader.next() {
            #expect(frame.number == seconds.count)
            seconds.append((frame.seconds * 1000).rounded())
            pixels.append(reader.pixels)
        }
        #expect(seconds == [15, 48, 215])
        #expect(pixels == [[1, 2, 3, 4, 5, 6], [6, 5, 4, 3, 2, 1], [0, 0, 0, 9, 9, 9]])
    }

    @Test func givesEveryByteBackForTheEncoder() throws {
        let bytes = Self.matroska(pictures: [(10, [1, 2, 3, 4, 5, 6]), (43, [6, 5, 4, 3, 2, 1])])
        let reader = try MatroskaFrameReader(stream(bytes))
        var copy: [UInt8] = []
        while try reader.next() != nil { copy += reader.framing + reader.pixels }
        #expect(copy == bytes)
    }

    @Test(arguments: [1, 8, 20, 30, 45, 50])
    func refusesAStreamThatIsCutOff(length: Int) throws {
        let bytes = Self.matroska(pictures: [(10, [1, 2, 3, 4, 5, 6])])
        #expect(throws: MediaError.self) {
            let reader = try MatroskaFrameReader(stream(Array(bytes.prefix(length))))
            while try reader.next() != nil {}
            throw MediaError.malformedStream(reason: "a whole stream was expected to be refused")
        }
    }

    @Test func refusesAPictureOfAnotherSize() throws {
        let bytes = Self.matroska(pictures: [(10, [1, 2, 3])])
        let reader = try MatroskaFrameReader(stream(bytes))
        #expect(throws: MediaError.malformedStream(reason: "a picture of 3 bytes, 6 expected")) { try reader.next() }
    }

    @Test func readsRawFramesAtTheirRate() throws {
        let reader = RawFrameReader(
            try stream(Array(0..<12)), widthPixels: 2, heightPixels: 1, framesPerSecond: 4)
        #expect(try reader.next()?.seconds == 0)
        #expect(reader.pixels == Array(0..<6))
        #expect(try reader.next()?.seconds == 0.25)
        #expect(try reader.next() == nil)
    }

    @Test func refusesARawFrameThatIsCutOff() throws {
        let reader = RawFrameReader(try stream(Array(0..<9)), widthPixels: 2, heightPixels: 1, framesPerSecond: 4)
        _ = try reader.next()
        #expect(throws: MediaError.malformedStream(reason: "frame 1 has 3 of 6 bytes")) { try reader.next() }
    }
}
