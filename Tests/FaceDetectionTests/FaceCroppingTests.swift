import FaceDetection
import Imaging
import TestSupport
import Testing

@Suite struct FaceCroppingTests {
    private let face = DetectedFace(
        imageBox: Rect(x: 20, y: 30, width: 50, height: 80), score: 0.9, landmarks: nil, stage: .mtcnn)

    /// A picture whose red and green say where a pixel is.
    private func coordinates(width: Int, height: Int) -> Image {
        let pixels = (0..<(width * height)).flatMap { index -> [UInt8] in
            [UInt8(index % width), UInt8(index / width), 0]
        }
        return Image(width: width, height: height, pixels: pixels)
    }

    @Test func reachesATenthOfTheBoxBeyondEachSide() {
        #expect(FaceCropping(padding: 0.1).cropBox(of: face) == Rect(x: 15, y: 22, width: 60, height: 96))
    }

    @Test func isTheBoxWithoutPadding() {
        #expect(FaceCropping(padding: 0).cropBox(of: face) == face.imageBox)
    }

    @Test func squaresHaveTheLongerSideAndTheSameMiddle() {
        let box = FaceCropping(padding: 0.5, outline: .square).cropBox(of: face)
        #expect(box == Rect(x: -35, y: -10, width: 160, height: 160))
    }

    @Test func isCutAtTheBorderOfThePicture() {
        let crop = FaceCropping(padding: 0.5).crop(of: face, in: coordinates(width: 60, height: 100))
        #expect(crop == coordinates(width: 60, height: 100))
    }

    @Test func isMirroredBeyondTheBorderOfThePicture() {
        let corner = DetectedFace(imageBox: Rect(x: -2, y: 7, width: 5, height: 5), score: 1, stage: .mtcnn)
        let crop = FaceCropping(padding: 0, border: .reflect).crop(of: corner, in: coordinates(width: 12, height: 10))
        #expect(crop.width == 5 && crop.height == 5)
        let columns: [UInt8] = (0..<5).map { crop.pixels[$0 * 3] }
        let rows: [UInt8] = (0..<5).map { crop.pixels[$0 * 15 + 1] }
        #expect(columns == [1, 0, 0, 1, 2])
        #expect(rows == [7, 8, 9, 9, 8])
    }

    @Test(arguments: [
        Rect(x: 500, y: 500, width: 10, height: 10), Rect(x: -500, y: 0, width: 10, height: 10),
        Rect(x: 3, y: 3, width: 0, height: 0), Rect(x: 3, y: 3, width: -5, height: -5),
        Rect(x: .nan, y: 0, width: 3, height: 3), Rect(x: -1e300, y: -1e300, width: .infinity, height: 1e301),
    ])
    func oddBoxesStillGiveACropOfBoundedSize(box: Rect) {
        let image = coordinates(width: 20, height: 10)
        let odd = DetectedFace(imageBox: box, score: 1, stage: .mtcnn)
        for outline in FaceCropping.Outline.allCases {
            for border in FaceCropping.Border.allCases {
                let crop = FaceCropping(padding: 0.1, outline: outline, border: border).crop(of: odd, in: image)
                #expect(crop.width >= 1 && crop.width <= 60)
                #expect(crop.height >= 1 && crop.height <= 30)
            }
        }
    }

    @Test func leavesAssumedFacesAsTheyAre() {
        let assumed = DetectedFace.assumed(in: coordinates(width: 200, height: 150))
        let cropping = FaceCropping(padding: 0.3, outline: .square, border: .reflect, alignsByLandmarks: true)
        #expect(cropping.cropBox(of: assumed) == assumed.imageBox)
    }
}
