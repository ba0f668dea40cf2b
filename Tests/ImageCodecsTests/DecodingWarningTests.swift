import ImageCodecs
import Imaging
import PlaneGeometry
import TestSupport
import Testing

/// Files that are odd but whole: decoded like any other, with a warning.
@Suite struct DecodingWarningTests {
    private let bytes: [UInt8]
    private let plain: DecodedImage

    init() throws {
        bytes = try Fixture.bytes("rgb420.jpg")
        plain = try ImageDecoder.decodeWithDetails(bytes)
    }

    @Test func anOrdinaryFileHasNone() throws {
        #expect(plain.warnings.isEmpty)
        #expect(plain.reduction == 1 && plain.originalSize == plain.image.size)
        #expect(try ImageDecoder.decodeWithDetails(Fixture.bytes("rgb.png")).warnings.isEmpty)
    }

    @Test(arguments: [[0x17], [0, 0, 0], [0xFF, 0, 0x42]] as [[UInt8]])
    func strayBytesBetweenSegmentsAreSkipped(stray: [UInt8]) throws {
        // After the first segment, whose length stands in bytes 4 and 5.
        let place = 4 + Int(bytes[4]) << 8 + Int(bytes[5])
        let decoded = try ImageDecoder.decodeWithDetails(bytes[..<place] + stray + bytes[place...])
        #expect(decoded.image == plain.image)
        #expect(decoded.warnings == [.strayBytes(count: stray.count, offset: place)])
    }

    @Test(arguments: [1, 2]) func aMissingEndMarkerIsNoLoss(missing: Int) throws {
        let decoded = try ImageDecoder.decodeWithDetails(Array(bytes.dropLast(missing)))
        #expect(decoded.image == plain.image)
        #expect(decoded.warnings == [.missingEndMarker])
    }

    @Test func bytesAfterTheEndAreNoMatter() throws {
        let decoded = try ImageDecoder.decodeWithDetails(bytes + Array("anything".utf8))
        #expect(decoded.image == plain.image && decoded.warnings.isEmpty)
    }

    @Test func paddingBeforeTheEndMarkerIsSkippedAndMuchOfItIsDamage() throws {
        // The first few vanish in libjpeg's buffer of bits without a word.
        let padding = [UInt8](repeating: 0, count: 10)
        let padded = try ImageDecoder.decodeWithDetails(bytes.dropLast(2) + padding + bytes.suffix(2))
        #expect(padded.image == plain.image)
        guard case .paddedData? = padded.warnings.first else {
            Issue.record("\(padded.warnings)")
            return
        }
        #expect(throws: ImageDecodingError.self) {
            try ImageDecoder.decode(bytes.dropLast(2) + [UInt8](repeating: 0, count: 40) + bytes.suffix(2))
        }
    }

    @Test func anUnknownVersionOfJFIFIsPassedOver() throws {
        var changed = bytes
        let name = try #require(changed.indices.first { changed[$0...].starts(with: "JFIF\0".utf8) })
        changed[name + 5] = 7
        let decoded = try ImageDecoder.decodeWithDetails(changed)
        #expect(decoded.image == plain.image)
        #expect(decoded.warnings == [.unknownHeaderValue(field: "version of JFIF, 7")])
    }

    /// A luma of 4×2 beside a chroma of 1×1: legal, but no sampling that TurboJPEG has a name for.
    @Test func unusualSamplingIsDecoded() throws {
        guard let path = SharedData.path("cases/sampling-4x2.jpg") else { return }
        let decoded = try ImageDecoder.decodeWithDetails(contentsOf: path)
        #expect(decoded.warnings == [.unusualSampling("4×2, 1×1, 1×1")])
        // By Pillow 13.0.0.
        #expect(decoded.image.size == Size(height: 384, width: 381))
        guard TestBuild.isRelease(for: "the checksum of sampling-4x2.jpg") else { return }
        #expect(Checksum.crc32(decoded.image.pixels) == 4_278_105_521)
    }

    /// Their pixels are compared in ``DecodedPixelsTests``.
    @Test(arguments: [
        ("4x2", "4×2, 1×1, 1×1"), ("3x1", "3×1, 1×1, 1×1"), ("1x3", "1×3, 1×1, 1×1"), ("2x4", "2×4, 1×1, 1×1"),
        ("2x2_2x1_1x1", "2×2, 2×1, 1×1"), ("2x1_1x2_1x1", "2×1, 1×2, 1×1"), ("1x1_2x2_2x2", "1×1, 2×2, 2×2"),
    ])
    func unusualSamplingIsTold(name: String, factors: String) throws {
        let decoded = try ImageDecoder.decodeWithDetails(Fixture.bytes("sampling_\(name).jpg"))
        #expect(decoded.warnings == [.unusualSampling(factors)])
    }

    @Test func theStrayByteOfTheCaseIsSkipped() throws {
        guard let path = SharedData.path("cases/jpeg-1-extra-byte-before-dqt.jpg") else { return }
        let decoded = try ImageDecoder.decodeWithDetails(contentsOf: path)
        #expect(decoded.warnings == [.strayBytes(count: 1, offset: 20)])
        // By Pillow 13.0.0.
        guard TestBuild.isRelease(for: "the checksum of jpeg-1-extra-byte-before-dqt.jpg") else { return }
        #expect(Checksum.crc32(decoded.image.pixels) == 922_590_504)
    }

    @Test func whatTheCodecLacksIsNamed() throws {
        let frame = try #require(bytes.indices.first { bytes[$0...].starts(with: [0xFF, 0xC0]) })
        func error(_ offset: Int, _ value: UInt8) -> ImageDecodingError? {
            var changed = bytes
            changed[frame + offset] = value
            do throws(ImageDecodingError) {
                _ = try ImageDecoder.decode(changed)
                return nil
            } catch { return error }
        }
        #expect(error(4, 12) == .unsupportedFeature(.jpeg, "samples of 12 bits"))
        #expect(error(1, 0xC3) == .unsupportedFeature(.jpeg, "lossless coding"))
        #expect(error(1, 0xC5) == .unsupportedFeature(.jpeg, "hierarchical coding"))
        #expect(error(9, 2) == .unsupportedFeature(.jpeg, "2 colour components"))
    }
}
