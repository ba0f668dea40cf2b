import ImageCodecs
import Imaging
import TestSupport
import Testing

/// References: Weights/Conversion/make_imaging_fixtures.py, Pillow 13.0.0 with libjpeg-turbo 3.2.0.
@Suite struct DecodedPixelsTests {
    /// The pixels of a fixture and those expected, as one string of differences; empty where all agree.
    private func largestDifference(_ name: String) throws -> Int {
        let image = try ImageDecoder.decode(Fixture.bytes(name))
        let expected = try Fixture.bytes(name + ".rgb")
        guard image.pixels.count == expected.count else { return .max }
        return zip(image.pixels, expected).map { abs(Int($0) - Int($1)) }.max() ?? .max
    }

    @Test(arguments: [
        "rgb.png", "gray.png", "palette.png", "one_bit.png", "one_pixel.png", "rgba.png", "gray_alpha.png",
        "transparent_color.png", "rgb16.png", "interlaced.png", "turned.png",
    ])
    func pngGivesTheReferencePixels(name: String) throws {
        #expect(try largestDifference(name) == 0)
    }

    @Test(arguments: [
        "rgb420.jpg", "rgb444.jpg", "progressive.jpg", "gray.jpg", "cmyk.jpg", "one_pixel.jpg", "orientation2.jpg",
        "orientation3.jpg", "orientation4.jpg", "orientation5.jpg", "orientation6.jpg", "orientation7.jpg",
        "orientation8.jpg", "sampling_4x2.jpg", "sampling_3x1.jpg", "sampling_1x3.jpg", "sampling_2x4.jpg",
        "sampling_2x2_2x1_1x1.jpg", "sampling_2x1_1x2_1x1.jpg", "sampling_1x1_2x2_2x2.jpg",
    ])
    func jpegGivesTheReferencePixels(name: String) throws {
        #expect(try largestDifference(name) == 0)
    }

    @Test func detailsTellFormatAndOrientation() throws {
        let turned = try ImageDecoder.decodeWithDetails(Fixture.bytes("orientation6.jpg"))
        #expect(turned.format == .jpeg && turned.orientation == .right)
        #expect(turned.image.width == 29 && turned.image.height == 37)
        let png = try ImageDecoder.decodeWithDetails(contentsOf: Fixture.path("turned.png"))
        #expect(png.format == .png && png.orientation == .right)
        #expect(png.image.width == 9 && png.image.height == 13)
        #expect(try ImageDecoder.decodeWithDetails(Fixture.bytes("rgb.png")).orientation == .up)
    }

    struct Photograph: Decodable {
        let width: Int
        let height: Int
        let crc32: UInt32
        let step: Int
        let samples: [UInt8]
    }

    @Test func photographsGiveThePixelsOfPillow() throws {
        let photographs: [String: Photograph] = try Fixture.json("photographs.json")
        for (name, expected) in photographs {
            guard let path = SharedData.path("photos/\(name)") else { return }
            let image = try ImageDecoder.decode(contentsOf: path)
            #expect(image.width == expected.width && image.height == expected.height, "\(name)")
            let samples = stride(from: 0, to: image.pixels.count, by: expected.step).map { image.pixels[$0] }
            #expect(samples == expected.samples, "\(name)")
            if TestBuild.isRelease(for: "the checksum of \(name)") {
                #expect(Checksum.crc32(image.pixels) == expected.crc32, "\(name)")
            }
        }
        #expect(photographs.count == 4)
    }
}
