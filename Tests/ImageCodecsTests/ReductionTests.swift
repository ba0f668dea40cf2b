import Imaging
import PlaneGeometry
import TestSupport
import Testing

@testable import ImageCodecs

/// Pictures beyond the limits are decoded at a part of their size.
@Suite struct ReductionTests {
    /// Reduces the fixtures' few pixels as the default limits reduce tens of megapixels.
    private func limits(side: Int, stored: Int = 1 << 20) -> DecodingLimits {
        DecodingLimits(maximumSide: side, maximumPixels: 1 << 19, maximumBytes: 1 << 20, maximumStoredPixels: stored)
    }

    @Test(arguments: [
        (4_000, 3_000, 1), (4_096, 4_096, 1), (5_656, 4_242, 2), (8_064, 6_048, 2), (8_192, 8_192, 2), (9_000, 900, 2),
        (40_000, 1_000, 8),
    ])
    func theSmallestReductionThatFitsIsTaken(width: Int, height: Int, expected: Int) throws {
        #expect(try DecodingLimits.default.reduction(width: width, height: height) == expected)
    }

    @Test(arguments: [
        "rgb.png", "gray.png", "palette.png", "one_bit.png", "rgba.png", "gray_alpha.png", "transparent_color.png",
        "rgb16.png", "turned.png",
    ])
    func pngPixelsAreTheMeansOfThoseTheyStandFor(name: String) throws {
        let whole = try ImageDecoder.decodeWithDetails(Fixture.bytes(name))
        let (width, height) = (whole.image.width, whole.image.height)
        for reduction in [2, 4, 8] where max(width, height) > reduction {
            let side = DecodingLimits.reduced(max(width, height), by: reduction)
            let decoded = try ImageDecoder.decodeWithDetails(Fixture.bytes(name), limits: limits(side: side))
            #expect(decoded.reduction == reduction && decoded.originalSize == whole.image.size)
            #expect(decoded.orientation == whole.orientation)
            // Turned pictures leave what is over at another border.
            guard whole.orientation == .up else { continue }
            let expected = whole.image.averaged(by: reduction)
            #expect(decoded.image.size == expected.size)
            let differences = zip(decoded.image.pixels, expected.pixels).map { abs(Int($0) - Int($1)) }
            #expect(differences.max() ?? .max <= 1, "\(name) by \(reduction)")
        }
    }

    @Test func anInterlacedPNGGivesEverySecondPixel() throws {
        let bytes = try Fixture.bytes("interlaced.png")
        let whole = try ImageDecoder.decode(bytes)
        for reduction in [2, 4, 8] {
            let side = DecodingLimits.reduced(max(whole.width, whole.height), by: reduction)
            let decoded = try ImageDecoder.decodeWithDetails(bytes, limits: limits(side: side))
            #expect(decoded.reduction == reduction)
            for y in 0..<decoded.image.height {
                for x in 0..<decoded.image.width {
                    let (from, to) = (
                        (y * reduction * whole.width + x * reduction) * 3, (y * decoded.image.width + x) * 3
                    )
                    #expect(decoded.image.pixels[to..<(to + 3)] == whole.pixels[from..<(from + 3)])
                }
            }
        }
    }

    @Test func aJPEGOfSeveralScansMayBeSmallerThanOthers() throws {
        let size = try ImageDecoder.decode(Fixture.bytes("progressive.jpg")).size
        var limits = DecodingLimits.default
        limits.maximumMultiScanPixels = size.width * size.height
        #expect(try ImageDecoder.decode(Fixture.bytes("progressive.jpg"), limits: limits).size == size)
        limits.maximumMultiScanPixels = size.width * size.height - 1
        let refusal = ImageDecodingError.tooManyPixels(
            width: size.width, height: size.height, limit: size.width * size.height - 1)
        #expect(throws: refusal) { try ImageDecoder.decode(Fixture.bytes("progressive.jpg"), limits: limits) }
        #expect(try ImageDecoder.decodingBytes(of: Fixture.bytes("progressive.jpg"), limits: limits) == 0)
        limits.maximumMultiScanPixels = 1
        for name in ["rgb420.jpg", "cmyk.jpg", "gray.jpg"] {
            #expect(throws: Never.self) { try ImageDecoder.decode(Fixture.bytes(name), limits: limits) }
        }
    }

    @Test func whatDecodingTakesIsToldByTheHeader() throws {
        func bytes(_ name: String, _ limits: DecodingLimits = .default) throws -> Int {
            ImageDecoder.decodingBytes(of: try Fixture.bytes(name), limits: limits)
        }
        let plain = try ImageDecoder.decode(Fixture.bytes("rgb420.jpg")).size
        #expect(try bytes("rgb420.jpg") == plain.width * plain.height * 3)
        let inks = try ImageDecoder.decode(Fixture.bytes("cmyk.jpg")).size
        #expect(try bytes("cmyk.jpg") == inks.width * inks.height * 7)
        // Two bytes of each of three components besides, whatever is left of the picture.
        let whole = try ImageDecoder.decode(Fixture.bytes("progressive.jpg")).size
        let reduced = try bytes("progressive.jpg", limits(side: (max(whole.width, whole.height) + 7) / 8))
        let unreduced = try bytes("progressive.jpg")
        #expect(unreduced >= whole.width * whole.height * 9)
        #expect(reduced >= whole.width * whole.height * 6 && reduced < unreduced)
        #expect(try bytes("rgb.png") == DecodingLimits.default.maximumPixels * 7)
        #expect(ImageDecoder.decodingBytes(of: Array("GIF89a".utf8)) == 0 && ImageDecoder.decodingBytes(of: []) == 0)
    }

    @Test(arguments: ["rgb420.jpg", "rgb444.jpg", "progressive.jpg", "gray.jpg", "cmyk.jpg", "orientation6.jpg"])
    func jpegsAreDecodedAtAPartOfTheirSize(name: String) throws {
        let whole = try ImageDecoder.decodeWithDetails(Fixture.bytes(name))
        let (width, height) = (whole.image.width, whole.image.height)
        for reduction in [2, 4, 8] {
            let side = DecodingLimits.reduced(max(width, height), by: reduction)
            let decoded = try ImageDecoder.decodeWithDetails(Fixture.bytes(name), limits: limits(side: side))
            #expect(decoded.reduction == reduction && decoded.originalSize == whole.image.size)
            #expect(
                decoded.image.size
                    == Size(
                        height: DecodingLimits.reduced(height, by: reduction),
                        width: DecodingLimits.reduced(width, by: reduction)))
            // The codec leaves high frequencies out, which is not quite the mean.
            func mean(_ image: Image) -> Double {
                Double(image.pixels.reduce(0) { $0 + Int($1) }) / Double(image.pixels.count)
            }
            #expect(abs(mean(decoded.image) - mean(whole.image)) < 8, "\(name) by \(reduction)")
        }
    }

    @Test func nothingIsReducedWhereOnlyTheDecodedSizeIsLimited() {
        let strict = DecodingLimits(maximumSide: 8_192, maximumPixels: 100, maximumBytes: 1 << 20)
        #expect(throws: ImageDecodingError.tooManyPixels(width: 13, height: 9, limit: 100)) {
            try ImageDecoder.decode(Fixture.bytes("rgb.png"), limits: strict)
        }
    }

    @Test(arguments: ["rgb.png", "interlaced.png", "rgb16.png", "palette.png"])
    func aCutOffOrChangedPNGIsNoneEvenReduced(name: String) throws {
        let bytes = try Fixture.bytes(name)
        for count in 0..<bytes.count {
            #expect(throws: ImageDecodingError.self) {
                try ImageDecoder.decode(Array(bytes[..<count]), limits: limits(side: 8))
            }
        }
        var generator = SeededGenerator(seed: 6)
        for index in PNGBytes.dataPositions(of: bytes) {
            var changed = bytes
            changed[index] = UInt8.random(in: 0...255, using: &generator)
            // A picture or an error, never a trap.
            _ = try? ImageDecoder.decode(PNGBytes.withValidChecksums(changed), limits: limits(side: 8))
        }
    }
}
