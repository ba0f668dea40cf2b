import Imaging
import PlaneGeometry
import TestSupport
import Testing

/// Against `cv2.resize(…, INTER_LINEAR_EXACT)`, made by `Weights/Conversion/fixtures_haar.py`.
@Suite struct LinearExactTests {
    struct Picture: Decodable {
        let height: Int
        let width: Int
        let pixels: [UInt8]
    }

    struct Reference: Decodable {
        let height: Int
        let width: Int
        let pixels: [UInt8]
        let cases: [Picture]
    }

    @Test func everyByteIsOpenCVs() throws {
        let reference: Reference = try Fixture.json("linear_exact.json")
        let source = GrayImage(width: reference.width, height: reference.height, pixels: reference.pixels)
        #expect(reference.cases.count == 7)
        for expected in reference.cases {
            let resized = source.resizedLinearExact(to: Size(height: expected.height, width: expected.width))
            #expect(resized.pixels == expected.pixels, "\(expected.width)×\(expected.height)")
        }
    }
}
