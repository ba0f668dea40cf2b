import ImageCodecs
import Imaging
import TestSupport
import Testing

@testable import EmotionDetection

/// What counts as motion of a face: shifts of its parts, and neither noise nor flicker.
@Suite struct MotionFieldTests {
    private let face: [Double]

    init() throws {
        let image = try ImageDecoder.decode(contentsOf: Fixture.path("astronaut.png"))
        let size = Size(side: MotionField.side)
        let gray = image.resized(from: Rect(x: 181, y: 62, width: 87, height: 110), to: size).gray()
        face = gray.pixels.map(Double.init)
    }

    private func amount(_ change: (_ index: Int) -> Double) -> Double? {
        func picture(_ values: [Double]) -> GrayImage {
            let pixels = values.flatMap { value in
                [UInt8](repeating: UInt8(min(255, max(0, value.rounded()))), count: 3)
            }
            return Image(width: MotionField.side, height: MotionField.side, pixels: pixels).gray()
        }
        return MotionField(from: picture(face), to: picture(face.indices.map(change))).amount
    }

    @Test func whatDoesNotChangeDoesNotMove() {
        #expect(amount { face[$0] } == 0)
        #expect(amount { _ in 90 } == nil)
    }

    @Test(arguments: [3.0, 8, 20])
    func noiseIsNoMotion(level: Double) throws {
        var generator = SeededGenerator(seed: 7)
        let moved = try #require(amount { face[$0] + .random(in: -level...level, using: &generator) })
        #expect(moved < 0.01)
    }

    @Test(arguments: [-20.0, 12])
    func anotherLightIsLittleMotion(level: Double) throws {
        #expect(try #require(amount { face[$0] + level }) < 0.025)
    }

    // A tenth of a pixel of 64, less than a breath.
    @Test(arguments: [(0.1, 0.01), (0.3, 0.04), (1, 0.15)])
    func aShiftIsMotion(part: Double, least: Double) throws {
        let moved = try #require(
            amount { index in
                index % MotionField.side == 0 ? face[index] : face[index] * (1 - part) + face[index - 1] * part
            })
        #expect(moved > least)
    }

    // Through the noise of a camera as well.
    @Test func aShiftIsSeenThroughNoise() throws {
        var generator = SeededGenerator(seed: 8)
        let moved = try #require(
            amount { index in
                let shifted = index < 64 ? face[index] : face[index - 64]
                return shifted + .random(in: -8...8, using: &generator)
            })
        #expect(moved > 0.1)
    }
}
