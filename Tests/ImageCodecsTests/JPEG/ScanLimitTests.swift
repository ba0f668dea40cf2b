import Imaging
import TestSupport
import Testing

@testable import ImageCodecs

/// Progressive pictures of many scans, each of which costs a walk through the whole picture and next to no bytes.
@Suite struct ScanLimitTests {
    /// One gray block in `count` scans, which follow one another as the standard allows: the mean, then each of the 63
    /// frequencies from its highest bit to its lowest. All are zero.
    private func picture(scans count: Int) -> [UInt8] {
        func segment(_ marker: UInt8, _ body: [UInt8]) -> [UInt8] { [0xFF, marker, 0, UInt8(body.count + 2)] + body }
        var bytes: [UInt8] = [0xFF, 0xD8]
        bytes += segment(0xDB, [0] + [UInt8](repeating: 1, count: 64))
        bytes += segment(0xC2, [8, 0, 8, 0, 8, 1, 1, 0x11, 0])
        // In both tables the code 0 stands for the symbol 0: no difference, and the end of the block.
        for table in [0x00, 0x10] as [UInt8] {
            bytes += segment(0xC4, [table, 1] + [UInt8](repeating: 0, count: 15) + [0])
        }
        bytes += segment(0xDA, [1, 1, 0, 0, 0, 0]) + [0x7F]
        let steps = (1...63).flatMap { frequency in (0...13).reversed().map { (UInt8(frequency), UInt8($0)) } }
        for (frequency, bit) in steps.prefix(count - 1) {
            let above: UInt8 = bit == 13 ? 0 : bit + 1
            bytes += segment(0xDA, [1, 1, 0, frequency, frequency, above << 4 | bit]) + [0x7F]
        }
        return bytes + [0xFF, 0xD9]
    }

    @Test func asManyAsAreAllowedAreDecoded() throws {
        let decoded = try ImageDecoder.decodeWithDetails(picture(scans: 100))
        #expect(decoded.image == Image(width: 8, height: 8, pixels: [UInt8](repeating: 128, count: 192)))
        #expect(decoded.warnings.isEmpty)
    }

    @Test(arguments: [101, 500, 883]) func moreAreRefused(count: Int) {
        #expect(throws: ImageDecodingError.tooManyScans(limit: 100)) {
            try ImageDecoder.decode(picture(scans: count))
        }
    }

    @Test func theLimitCanBeChosen() throws {
        var limits = DecodingLimits.default
        limits.maximumScans = 600
        _ = try ImageDecoder.decode(picture(scans: 600), limits: limits)
        limits.maximumScans = 1
        #expect(throws: ImageDecodingError.tooManyScans(limit: 1)) {
            try ImageDecoder.decode(picture(scans: 2), limits: limits)
        }
        // One scan of three colours is none too many, nor is what follows the end.
        let usual = try Fixture.bytes("rgb420.jpg")
        _ = try ImageDecoder.decode(usual, limits: limits)
        _ = try ImageDecoder.decode(usual + picture(scans: 200))
    }
}
