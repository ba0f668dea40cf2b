import FaceDetection
import Imaging
import TestSupport
import Testing

@Suite struct FaceAppearanceTests {
    private let face = DetectedFace(
        imageBox: Rect(x: 10, y: 10, width: 24, height: 24), score: 1, stage: .haarCascade)

    @Test func brightnessAndContrastDoNotChangeTheLook() {
        let image = Image.coarseNoise(width: 44, height: 44, seed: 1)
        let darker = Image(width: 44, height: 44, pixels: image.pixels.map { 20 + $0 / 2 })
        let look = FaceAppearance(of: face, in: image)
        #expect(look.similarity(to: look) > 0.999_999)
        #expect(look.similarity(to: FaceAppearance(of: face, in: darker)) > 0.999)
    }

    @Test func differentPicturesLookDifferent() {
        let looks = (1...6 as ClosedRange<UInt64>).map {
            FaceAppearance(of: face, in: .coarseNoise(width: 44, height: 44, seed: $0))
        }
        for (index, look) in looks.enumerated() {
            for other in looks.dropFirst(index + 1) { #expect(abs(look.similarity(to: other)) < 0.4) }
        }
    }

    @Test func faceHalfOutsideIsComparedByItsVisibleHalf() {
        let image = Image.coarseNoise(width: 44, height: 44, seed: 3)
        let left = image.cropped(to: Rect(x: 22, y: 0, width: 22, height: 44))
        var moved = face
        moved.imageBox.x -= 22
        let look = FaceAppearance(of: face, in: image)
        #expect(look.similarity(to: FaceAppearance(of: moved, in: left)) > 0.999_999)
    }

    @Test func nothingToCompareIsNoSimilarity() {
        let image = Image.coarseNoise(width: 44, height: 44, seed: 4)
        let look = FaceAppearance(of: face, in: image)
        let flat = FaceAppearance(of: face, in: Image(width: 44, height: 44, filledWith: .black))
        #expect(look.similarity(to: flat) == 0)
        var outside = face
        outside.imageBox.x = 400
        #expect(look.similarity(to: FaceAppearance(of: outside, in: image)) == 0)
    }

    @Test func landmarksTakeOutTiltAndBox() {
        let image = Image.coarseNoise(width: 96, height: 96, seed: 5)
        let landmarks = Landmarks(
            leftEye: Point(x: 42, y: 40), rightEye: Point(x: 54, y: 40), nose: Point(x: 48, y: 46),
            mouthLeft: Point(x: 43, y: 52), mouthRight: Point(x: 53, y: 52))
        let upright = DetectedFace(
            imageBox: Rect(x: 36, y: 32, width: 24, height: 28), score: 1, landmarks: landmarks, stage: .mtcnn)
        let turn = AffineTransform.rotation(by: 0.5, around: Point(x: 48, y: 46))
        let points = landmarks.points.map { turn($0) }
        let tilted = DetectedFace(
            imageBox: Rect(x: 30, y: 30, width: 30, height: 30), score: 1,
            landmarks: Landmarks(
                leftEye: points[0], rightEye: points[1], nose: points[2], mouthLeft: points[3], mouthRight: points[4]),
            stage: .mtcnn)
        let look = FaceAppearance(of: upright, in: image)
        let turned = image.warped(by: turn, to: image.size)
        #expect(look.similarity(to: FaceAppearance(of: tilted, in: turned)) > 0.9)
        #expect(look.similarity(to: FaceAppearance(of: tilted, in: image)) < 0.5)
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
