import FaceDetection
import Imaging
import Testing

/// Equality is exact: the reference computes in single precision, and so do we, in the same order.
@Suite struct FaceBoxTests {
    let steps: MTCNNSteps

    init() throws { steps = try MTCNNSteps.load() }

    @Test func squaresKeepTheCentreAndTheLongerSide() {
        #expect(!steps.boxes.isEmpty)
        for (box, expected) in zip(steps.boxes, steps.squared) {
            #expect(FaceBox(box).squared == FaceBox(expected), "\(box)")
        }
    }

    @Test func correctionsMoveTheEdgesAsTheReferenceDoes() {
        #expect(!steps.shifts.isEmpty)
        for (index, expected) in steps.moved.enumerated() {
            let moved = FaceBox(steps.boxes[index]).moved(by: SIMD4(steps.shifts[index]), inclusive: true)
            #expect(moved == FaceBox(expected), "box \(index)")
        }
    }

    @Test func correctionsOfTheFirstNetworkDoNotCountTheBorder() {
        let box = FaceBox(left: 10, top: 20, right: 30, bottom: 60)
        let shift = SIMD4<Float>(0.25, -0.5, 0.5, 0.25)
        #expect(box.moved(by: shift, inclusive: false) == FaceBox(left: 15, top: 0, right: 40, bottom: 70))
        #expect(
            box.moved(by: shift, inclusive: true) == FaceBox(left: 15.25, top: -0.5, right: 40.5, bottom: 70.25))
    }

    @Test func regionsAreCutAtTheBorderAsTheReferenceDoes() {
        let image = Image(
            width: steps.picture[0], height: steps.picture[1],
            pixels: [UInt8](repeating: 0, count: steps.picture[0] * steps.picture[1] * 3))
        var outside = 0
        for (box, edges) in zip(steps.bounded, steps.regions) {
            let size = (width: edges[2] - edges[0], height: edges[3] - edges[1])
            let region = FaceBox(box).region(in: image)
            if size.width > 0 && size.height > 0 {
                let expected = PixelRegion(
                    x: edges[0], y: edges[1], width: size.width, height: size.height, in: image)
                #expect(region == expected, "\(box)")
            } else {
                #expect(region == nil, "\(box)")
                outside += 1
            }
        }
        #expect(outside > 3)
    }

    @Test(arguments: [Float.nan, .infinity, -.infinity, 3e38, -3e38])
    func numbersBeyondAnyPictureDoNotTrap(_ edge: Float) {
        let image = Image(width: 4, height: 3, pixels: [UInt8](repeating: 0, count: 36))
        let all = FaceBox(left: edge, top: edge, right: edge, bottom: edge)
        #expect(all.region(in: image) == nil)
        let wide = FaceBox(left: -.infinity, top: .nan, right: .infinity, bottom: 3e38)
        #expect(wide.region(in: image) == PixelRegion(all: image))
    }
}
