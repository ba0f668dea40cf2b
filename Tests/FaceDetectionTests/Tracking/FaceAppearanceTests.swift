import FaceDetection
import Imaging
import TestSupport
import Testing

@Suite struct FaceAppearanceTests {
    private let box = Rect(x: 10, y: 10, width: 24, height: 24)

    @Test func brightnessAndContrastDoNotChangeTheLook() {
        let image = Image.coarseNoise(width: 44, height: 44, seed: 1)
        let darker = Image(width: 44, height: 44, pixels: image.pixels.map { 20 + $0 / 2 })
        let look = FaceAppearance(of: box, in: image)
        #expect(look.similarity(to: look) > 0.999_999)
        #expect(look.similarity(to: FaceAppearance(of: box, in: darker)) > 0.999)
    }

    @Test func differentPicturesLookDifferent() {
        let looks = (1...6 as ClosedRange<UInt64>).map {
            FaceAppearance(of: box, in: .coarseNoise(width: 44, height: 44, seed: $0))
        }
        for (index, look) in looks.enumerated() {
            for other in looks.dropFirst(index + 1) { #expect(abs(look.similarity(to: other)) < 0.4) }
        }
    }

    @Test func faceHalfOutsideIsComparedByItsVisibleHalf() {
        let image = Image.coarseNoise(width: 44, height: 44, seed: 3)
        let left = image.cropped(to: Rect(x: 22, y: 0, width: 22, height: 44))
        let moved = Rect(x: box.x - 22, y: box.y, width: box.width, height: box.height)
        let look = FaceAppearance(of: box, in: image)
        #expect(look.similarity(to: FaceAppearance(of: moved, in: left)) > 0.999_999)
    }

    @Test func nothingToCompareIsNoSimilarity() {
        let image = Image.coarseNoise(width: 44, height: 44, seed: 4)
        let look = FaceAppearance(of: box, in: image)
        let flat = FaceAppearance(of: box, in: Image(width: 44, height: 44, filledWith: .black))
        #expect(look.similarity(to: flat) == 0)
        let outside = FaceAppearance(of: Rect(x: 400, y: 0, width: 20, height: 20), in: image)
        #expect(look.similarity(to: outside) == 0)
    }
}

extension Image {
    /// Squares of 4×4 pixels in random colours: detail that a thumbnail keeps.
    static func coarseNoise(width: Int, height: Int, seed: UInt64) -> Image {
        var generator = SeededGenerator(seed: seed)
        let columns = (width + 3) / 4
        let colors = generator.bytes(columns * ((height + 3) / 4) * 3)
        var pixels: [UInt8] = []
        for y in 0..<height {
            for x in 0..<width {
                let start = (y / 4 * columns + x / 4) * 3
                pixels += colors[start..<(start + 3)]
            }
        }
        return Image(width: width, height: height, pixels: pixels)
    }
}
