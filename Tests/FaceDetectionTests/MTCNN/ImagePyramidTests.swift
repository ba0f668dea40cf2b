import FaceDetection
import TensorEngine
import Testing

@Suite struct ImagePyramidTests {
    /// Expected sizes from `detect_face` of facenet-pytorch 2.6.0, printed for a picture of 640×480.
    @Test func levelsHaveTheReferencesSizes() {
        let pyramid = ImagePyramid(of: Size(height: 480, width: 640), smallestFace: 20, factor: 0.709)
        let sizes = [
            (289, 385), (205, 273), (145, 194), (103, 137), (73, 98), (52, 69), (37, 49), (26, 35), (19, 25), (14, 18),
        ]
        #expect(pyramid.levels.map(\.size) == sizes.map { Size(height: $0, width: $1) })
        #expect(pyramid.levels.map(\.scale).first == 0.6)
    }

    @Test(arguments: [(19, 400, 0), (20, 400, 1), (28, 20, 1), (29, 29, 2)])
    func aPictureHasAsManyLevelsAsHoldTheSmallestFace(height: Int, width: Int, count: Int) {
        let pyramid = ImagePyramid(of: Size(height: height, width: width), smallestFace: 20, factor: 0.709)
        #expect(pyramid.levels.count == count)
    }

    @Test func everyLevelHoldsOneWindowOfTheFirstNetwork() {
        for side in 12...200 {
            let pyramid = ImagePyramid(of: Size(height: side, width: side + 3), smallestFace: 12, factor: 0.709)
            #expect(pyramid.levels.allSatisfy { $0.size.height >= PNet.window && $0.size.width >= PNet.window })
        }
    }

    @Test func theLongestSideRaisesTheSmallestFace() {
        let configuration = MTCNN.Configuration(minimumFace: 20, longestSide: 320)
        #expect(configuration.smallestFace(width: 640, height: 480) == 40)
        #expect(configuration.smallestFace(width: 200, height: 320) == 20)
        #expect(configuration.smallestFace(width: 100, height: 50) == 20)
    }
}
