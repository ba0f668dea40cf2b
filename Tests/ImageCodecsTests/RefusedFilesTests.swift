import Foundation
import Imaging
import TestSupport
import Testing

@testable import ImageCodecs

@Suite struct RefusedFilesTests {
    private func error(_ bytes: [UInt8], limits: DecodingLimits = .default) -> ImageDecodingError? {
        do throws(ImageDecodingError) {
            _ = try ImageDecoder.decode(bytes, limits: limits)
            return nil
        } catch { return error }
    }

    @Test func nothingIsEmpty() {
        #expect(error([]) == .empty)
        #expect(error([0xFF]) == .unrecognizedFormat(firstBytes: [0xFF]))
    }

    @Test func textNamedAsAPictureIsNotOne() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).jpg").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try "hello, world".write(toFile: path, atomically: true, encoding: .utf8)
        #expect(throws: ImageDecodingError.unrecognizedFormat(firstBytes: Array("hello, w".utf8))) {
            try ImageDecoder.decode(contentsOf: path)
        }
    }

    /// First bytes, one character each up to U+00FF.
    private static let foreignFiles: [(String, ForeignImageFormat)] = [
        ("GIF89a\u{1}\0\u{1}\0", .gif), ("RIFF....WEBPVP8 ", .webp), ("BM\u{46}\0\0\0\0\0\0\0", .bmp),
        ("II*\0\u{8}\0\0\0", .tiff), ("MM\0*\0\0\0\u{8}", .tiff), ("\0\0\0\u{18}ftypheic", .heif),
        ("\0\0\0\u{18}ftypavif", .avif), ("\u{FF}\n\0\0", .jpegXL), ("\0\0\0\u{C}jP  ", .jpeg2000),
        ("%PDF-1.7", .pdf),
    ]

    @Test(arguments: foreignFiles)
    func knownFormatsAreNamed(start: String, format: ForeignImageFormat) {
        let bytes = start.unicodeScalars.map { UInt8($0.value) }
        #expect(error(bytes) == .unsupportedFormat(format))
        #expect(error(bytes)?.description.contains("unsupported format, \(format.rawValue)") == true)
    }

    @Test func aHugeHeaderIsRefusedBeforeAnythingElseIsRead() {
        let header = PNGBytes.signature + PNGBytes.header(width: 60_000, height: 60_000)
        #expect(error(header) == .tooManyPixels(width: 60_000, height: 60_000, limit: 67_108_864))
        let pixels = PNGBytes.signature + PNGBytes.header(width: 8_192, height: 8_193)
        #expect(error(pixels) == .tooManyPixels(width: 8_192, height: 8_193, limit: 67_108_864))
        let long = PNGBytes.signature + PNGBytes.header(width: 65_537, height: 7)
        #expect(error(long) == .sideTooLong(width: 65_537, height: 7, limit: 65_536))
        let none = PNGBytes.signature + PNGBytes.header(width: 0, height: 7)
        #expect(error(none) == .noPixels(width: 0, height: 7))
        let beyond = PNGBytes.signature + PNGBytes.header(width: .max, height: .max)
        #expect(error(beyond) == .tooManyPixels(width: 4_294_967_295, height: 4_294_967_295, limit: 67_108_864))
    }

    @Test func aHugeJPEGFrameIsRefused() throws {
        var bytes = try Fixture.bytes("rgb420.jpg")
        let frame = try #require(bytes.indices.first { bytes[$0] == 0xFF && bytes[$0 + 1] == 0xC0 })
        bytes.replaceSubrange((frame + 5)..<(frame + 9), with: [0xEA, 0x60, 0xEA, 0x60])
        #expect(error(bytes) == .tooManyPixels(width: 60_000, height: 60_000, limit: 67_108_864))
        bytes.replaceSubrange((frame + 5)..<(frame + 9), with: [0, 0, 0, 9])
        #expect(error(bytes) == .noPixels(width: 9, height: 0))
    }

    @Test func limitsHoldToThePixelAndTheByte() throws {
        let bytes = try Fixture.bytes("rgb.png")
        let count = bytes.count
        func limits(side: Int = 13, pixels: Int = 117, bytes: Int = count) -> DecodingLimits {
            DecodingLimits(maximumSide: side, maximumPixels: pixels, maximumBytes: bytes)
        }
        #expect(error(bytes, limits: limits()) == nil)
        #expect(error(bytes, limits: limits(side: 12)) == .sideTooLong(width: 13, height: 9, limit: 12))
        #expect(error(bytes, limits: limits(pixels: 116)) == .tooManyPixels(width: 13, height: 9, limit: 116))
        #expect(error(bytes, limits: limits(bytes: count - 1)) == .tooManyBytes(count: count, limit: count - 1))
        #expect(throws: ImageDecodingError.tooManyBytes(count: count, limit: 10)) {
            try ImageDecoder.decode(contentsOf: Fixture.path("rgb.png"), limits: limits(bytes: 10))
        }
    }

    @Test func filesThatCannotBeReadKeepTheirPathAndCode() {
        let missing = Fixture.path("missing.png")
        #expect(throws: ImageDecodingError.unreadableFile(path: missing, code: ENOENT)) {
            try ImageDecoder.decode(contentsOf: missing)
        }
        let folder = Fixture.path("")
        #expect(throws: ImageDecodingError.notARegularFile(path: folder)) {
            try ImageDecoder.decode(contentsOf: folder)
        }
        #expect(throws: ImageDecodingError.notARegularFile(path: "/dev/zero")) {
            try ImageDecoder.decode(contentsOf: "/dev/zero")
        }
    }
}
