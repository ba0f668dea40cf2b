import Imaging
import TestSupport
import Testing

/// References: `zlib.crc32` of Pillow 13.0.0's `convert("L")` and OpenCV 4.14.0's `cvtColor(…, COLOR_RGB2GRAY)`.
///
/// Both formulas were compared with the programs over all 16,777,216 colours as well.
@Suite struct GrayTests {
    private let image = Image.noise(width: 64, height: 64, seed: 5)

    @Test func equalsOpenCVAndPillow() {
        #expect(Checksum.crc32(image.gray(weights: .openCV).pixels) == 2_544_768_557)
        #expect(Checksum.crc32(image.gray(weights: .pillow).pixels) == 2_268_388_313)
        #expect(Array(image.gray().pixels.prefix(7)) == [149, 47, 164, 117, 162, 210, 83])
    }

    @Test(arguments: [LumaWeights.openCV, .pillow])
    func grayStaysAsItIs(weights: LumaWeights) throws {
        let levels = (0...255).map { UInt8($0) }
        #expect(try Image(gray: levels, width: 16, height: 16).gray(weights: weights).pixels == levels)
    }
}
