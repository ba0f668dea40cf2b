import Imaging
import TestSupport
import Testing

@testable import ImageCodecs

@Suite struct DamagedFilesTests {
    private func error(_ bytes: [UInt8]) -> ImageDecodingError? {
        do throws(ImageDecodingError) {
            _ = try ImageDecoder.decode(bytes)
            return nil
        } catch { return error }
    }

    @Test(arguments: [
        "rgb.png", "palette.png", "interlaced.png", "turned.png", "rgb420.jpg", "progressive.jpg", "gray.jpg",
        "cmyk.jpg", "orientation6.jpg", "one_pixel.jpg",
    ])
    func everyTruncationIsAnError(name: String) throws {
        let bytes = try Fixture.bytes(name)
        // Without its end marker a JPEG of one scan is still a whole picture.
        let isWhole = name.hasSuffix(".jpg") && name != "progressive.jpg"
        for count in 0..<(isWhole ? bytes.count - 2 : bytes.count) {
            #expect(error(Array(bytes[..<count])) != nil, "\(count) of \(bytes.count) bytes")
        }
        #expect(error(bytes) == nil)
    }

    @Test func aTruncationSaysWhereThePartBegan() throws {
        let png = try Fixture.bytes("rgb.png")
        #expect(error(Array(png.prefix(8))) == .truncated(.png, offset: 8))
        #expect(error(Array(png.prefix(40))) == .truncated(.png, offset: 33))
        #expect(error(Array(png.dropLast())) == .truncated(.png, offset: png.count - 12))
        let jpeg = try Fixture.bytes("rgb420.jpg")
        #expect(error(Array(jpeg.prefix(9))) == .truncated(.jpeg, offset: 2))
        #expect(error(Array(jpeg.prefix(3))) == .truncated(.jpeg, offset: 2))
        #expect(
            error(Array(jpeg.dropLast(3))) == .damagedData(.jpeg, message: "Premature end of JPEG file"))
    }

    @Test func everyChangedByteGivesAPictureOrAnError() throws {
        for name in ["rgb.png", "palette.png", "turned.png", "progressive.jpg", "orientation6.jpg", "cmyk.jpg"] {
            let bytes = try Fixture.bytes(name)
            var generator = SeededGenerator(seed: 4)
            var refused = 0
            for index in bytes.indices {
                var changed = bytes
                changed[index] = UInt8.random(in: 0...255, using: &generator)
                refused += error(changed) == nil ? 0 : 1
            }
            #expect(refused > 0, "\(name)")
        }
    }

    @Test func changedBytesBehindValidChecksumsGiveAPictureOrAnError() throws {
        for name in ["palette.png", "interlaced.png", "transparent_color.png", "turned.png"] {
            let bytes = try Fixture.bytes(name)
            var generator = SeededGenerator(seed: 5)
            var (refused, decoded) = (0, 0)
            for index in PNGBytes.dataPositions(of: bytes) {
                var changed = bytes
                changed[index] = UInt8.random(in: 0...255, using: &generator)
                if error(PNGBytes.withValidChecksums(changed)) == nil { decoded += 1 } else { refused += 1 }
            }
            #expect(refused > 0 && decoded > 0, "\(refused) refused, \(decoded) decoded of \(name)")
        }
    }

    @Test func checksumsOfCriticalChunksAreVerified() throws {
        var bytes = try Fixture.bytes("rgb.png")
        bytes[29] ^= 1
        #expect(error(bytes) == .malformed(.png, offset: 8, .wrongChecksum))
        bytes[29] ^= 1
        bytes[bytes.count - 13] ^= 1
        #expect(error(bytes) == .malformed(.png, offset: 33, .wrongChecksum))
    }

    @Test func structuralDefectsAreNamed() throws {
        let header = PNGBytes.header(width: 1, height: 1)
        let end = PNGBytes.chunk("IEND", [])
        let signature = PNGBytes.signature
        #expect(error(signature + end) == .malformed(.png, offset: 8, .firstChunkIsNotIHDR))
        #expect(error(signature + header + end) == .malformed(.png, offset: 33, .noImageData))
        #expect(error(signature + header + header + end) == .malformed(.png, offset: 33, .repeatedHeader))
        #expect(
            error(signature + header + [0x80, 0, 0, 0] + Array("IDAT".utf8))
                == .malformed(.png, offset: 33, .chunkTooLong))
        #expect(
            error(signature + header + [0x7F, 0xFF, 0xFF, 0xFF] + Array("IDAT".utf8)) == .truncated(.png, offset: 33))
        #expect(error([0xFF, 0xD8, 0xFF, 0xE0, 0, 1]) == .malformed(.jpeg, offset: 2, .segmentTooShort))
        #expect(error([0xFF, 0xD8, 0xFF, 0xE0, 0, 2, 0x12]) == .malformed(.jpeg, offset: 6, .missingMarker))
        #expect(error([0xFF, 0xD8, 0xFF, 0xD9]) == .malformed(.jpeg, offset: 2, .noImageData))
    }

    @Test func tooFewRowsAreDamage() {
        let data: [UInt8] = [0x78, 0x9C, 0x03, 0x00, 0x00, 0x00, 0x00, 0x01]
        let bytes =
            PNGBytes.signature + PNGBytes.header(width: 4, height: 4) + PNGBytes.chunk("IDAT", data)
            + PNGBytes.chunk("IEND", [])
        guard case .damagedData(.png, let message)? = error(bytes) else {
            Issue.record("decoded a picture without rows")
            return
        }
        #expect(!message.isEmpty)
    }
}
