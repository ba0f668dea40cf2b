import Imaging
import TestSupport
import Testing

@testable import FaceDetection

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

    /// An upright face of 100 pixels a side whose square begins at (40, 30), turned by `radians` around its middle.
    private func landmarks(turnedBy radians: Double = 0) -> Landmarks {
        let turn = AffineTransform.rotation(by: radians, around: Point(x: 90, y: 80))
        let points = AlignedFaceTemplate.landmarks.points.map { turn(Point(x: 40 + 100 * $0.x, y: 30 + 100 * $0.y)) }
        return Landmarks(
            leftEye: points[0], rightEye: points[1], nose: points[2], mouthLeft: points[3], mouthRight: points[4])
    }

    @Test func thePlainBoxReachesATenthOfTheBoxBeyondEachSide() {
        #expect(FaceCropping.plainBox.cropBox(of: face) == Rect(x: 15, y: 22, width: 60, height: 96))
        var withLandmarks = face
        withLandmarks.landmarks = landmarks(turnedBy: 0.5)
        let image = coordinates(width: 200, height: 200)
        #expect(
            FaceCropping.plainBox.crop(of: withLandmarks, in: image)
                == image.cropped(to: Rect(x: 15, y: 22, width: 60, height: 96)))
    }

    @Test func isTheBoxWithoutPadding() {
        #expect(FaceCropping(padding: 0, outline: .box).cropBox(of: face) == face.imageBox)
    }

    @Test func bringsTheLandmarksOfAnUprightFaceToTheTemplate() {
        var upright = face
        upright.landmarks = landmarks()
        let image = coordinates(width: 200, height: 200)
        // 5 % of the face's 100 pixels on each side; landmarks lie on the middles of pixels, edges of boxes between them.
        let box = image.cropped(to: Rect(x: 35, y: 25, width: 110, height: 110))
        let crop = FaceCropping().crop(of: upright, in: image)
        #expect(crop.size == box.size)
        #expect(zip(crop.pixels, box.pixels).allSatisfy { abs(Int($0) - Int($1)) <= 1 })
    }

    @Test(arguments: [0.4, -0.9, 3])
    func turnsFacesWithLandmarksUpright(radians: Double) {
        var turned = face
        turned.landmarks = landmarks(turnedBy: radians)
        let crop = FaceCropping().crop(of: turned, in: coordinates(width: 200, height: 200))
        #expect(crop.width == 110 && crop.height == 110)
        // The middle of the crop's upper edge lies above the face's middle, in the face's own direction.
        let above = AffineTransform.rotation(by: radians, around: Point(x: 90, y: 80))(Point(x: 90, y: 25.5))
        let middle = (Double(crop.pixels[55 * 3]), Double(crop.pixels[55 * 3 + 1]))
        #expect(abs(middle.0 - above.x) <= 1 && abs(middle.1 - above.y) <= 1)
    }

    @Test func facesWithoutUsableLandmarksAreCutAsSquares() {
        let image = coordinates(width: 200, height: 200)
        let square = image.cropped(to: Rect(x: 1, y: 26, width: 88, height: 88))
        #expect(FaceCropping().crop(of: face, in: image) == square)
        var odd = face
        let point = Point(x: 50, y: 50)
        odd.landmarks = Landmarks(leftEye: point, rightEye: point, nose: point, mouthLeft: point, mouthRight: point)
        #expect(FaceCropping().crop(of: odd, in: image) == square)
    }

    @Test func squaresHaveTheLongerSideAndTheSameMiddle() {
        let box = FaceCropping(padding: 0.5, outline: .square).cropBox(of: face)
        #expect(box == Rect(x: -35, y: -10, width: 160, height: 160))
    }

    @Test func isCutAtTheBorderOfThePicture() {
        let cropping = FaceCropping(padding: 0.5, outline: .box, border: .clip)
        let crop = cropping.crop(of: face, in: coordinates(width: 60, height: 100))
        #expect(crop == coordinates(width: 60, height: 100))
    }

    @Test func isMirroredBeyondTheBorderOfThePicture() {
        let corner = DetectedFace(imageBox: Rect(x: -2, y: 7, width: 5, height: 5), score: 1, stage: .mtcnn)
        let cropping = FaceCropping(padding: 0, outline: .box, border: .reflect)
        let crop = cropping.crop(of: corner, in: coordinates(width: 12, height: 10))
        #expect(crop.width == 5 && crop.height == 5)
        let columns: [UInt8] = (0..<5).map { crop.pixels[$0 * 3] }
        let rows: [UInt8] = (0..<5).map { crop.pixels[$0 * 15 + 1] }
        #expect(columns == [1, 0, 0, 1, 2])
        #expect(rows == [7, 8, 9, 9, 8])
    }

    @Test func repeatsTheEdgeBeyondTheBorderOfThePicture() {
        let corner = DetectedFace(imageBox: Rect(x: -2, y: 7, width: 5, height: 5), score: 1, stage: .mtcnn)
        let crop = FaceCropping(padding: 0).crop(of: corner, in: coordinates(width: 12, height: 10))
        #expect(crop.width == 5 && crop.height == 5)
        let columns: [UInt8] = (0..<5).map { crop.pixels[$0 * 3] }
        let rows: [UInt8] = (0..<5).map { crop.pixels[$0 * 15 + 1] }
        #expect(columns == [0, 0, 0, 1, 2])
        #expect(rows == [7, 8, 9, 9, 9])
    }

    /// The crop of a face whose left half lies beyond the picture: what stands in its first column.
    @Test(arguments: [FaceCropping.Border.replicate, .clip, .reflect, .black])
    func alignedCropsShowBeyondTheBorderWhatTheRulesSay(border: FaceCropping.Border) {
        var cutOff = face
        let points = AlignedFaceTemplate.landmarks.points.map { Point(x: -50 + 100 * $0.x, y: 30 + 100 * $0.y) }
        cutOff.landmarks = Landmarks(
            leftEye: points[0], rightEye: points[1], nose: points[2], mouthLeft: points[3], mouthRight: points[4])
        let image = Image(
            width: 120, height: 160, pixels: (0..<(120 * 160)).flatMap { [UInt8(100 + $0 % 120), 9, 9] })
        let crop = FaceCropping(border: border).crop(of: cutOff, in: image)
        let first = Int(crop.pixels[55 * 110 * 3])
        switch border {
        case .replicate, .clip: #expect(first == 100)
        case .reflect: #expect(abs(first - 154) <= 1)
        case .black: #expect(first == 0)
        }
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
        let cropping = FaceCropping(padding: 0.3, outline: .square, border: .replicate, alignsByLandmarks: true)
        #expect(cropping.cropBox(of: assumed) == assumed.imageBox)
    }
}
