import EmotionDetection
import Testing

@Suite struct CropTests {
    private let face = DetectedFace(
        imageBox: Rect(x: 20, y: 30, width: 50, height: 80), score: 0.9, landmarks: nil, stage: .mtcnn)

    @Test func reachesATenthOfTheBoxBeyondEachSide() {
        #expect(face.cropBox(padding: 0.1) == Rect(x: 15, y: 22, width: 60, height: 96))
    }

    @Test func isTheBoxWithoutPadding() {
        #expect(face.cropBox(padding: 0) == face.imageBox)
    }

    @Test func isCutAtTheBorderOfThePicture() {
        let image = Image(width: 60, height: 100, filledWith: .black)
        let crop = image.cropped(to: face.cropBox(padding: 0.5))
        #expect(crop.width == 60)
        #expect(crop.height == 100)
    }

    @Test func leavesTheCenterRegionAsItIs() {
        let image = Image(width: 640, height: 480, filledWith: .black)
        let region = DetectedFace.centerRegion(of: image)
        #expect(region.cropBox(padding: 0.1) == region.imageBox)
    }
}

@Suite struct CenterRegionTests {
    /// `int(w * 0.2)` and `int(h * 0.15)` on each side, worked out by hand.
    @Test(arguments: [
        (640, 480, Rect(x: 128, y: 72, width: 384, height: 336)),
        (101, 99, Rect(x: 20, y: 14, width: 61, height: 71)),
        (1, 1, Rect(x: 0, y: 0, width: 1, height: 1)),
    ])
    func leavesTheMarginsOfTheOriginalSystem(width: Int, height: Int, expected: Rect) {
        let region = DetectedFace.centerRegion(of: Image(width: width, height: height, filledWith: .black))
        #expect(region.imageBox == expected)
        #expect(region.stage == .centerRegion)
        #expect(region.score == 0)
        #expect(region.landmarks == nil)
    }
}
