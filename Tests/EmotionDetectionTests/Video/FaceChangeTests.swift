import Imaging
import TestSupport
import Testing

@testable import EmotionDetection

/// The change of a face says the same at any step, and noise is no change.
@Suite struct FaceChangeTests {
    private let box = Rect(x: 20, y: 20, width: 100, height: 100)

    /// A patchwork of 8-pixel cells with a dark mouth of the given height, noise, and an exposure.
    private func picture(mouth: Double, noise: Int = 0, gain: Double = 1, seed: UInt64 = 1) -> Image {
        var (generator, cells) = (SeededGenerator(seed: seed), SeededGenerator(seed: 99))
        let levels = (0..<400).map { _ in Double.random(in: 60...180, using: &cells) }
        var pixels: [UInt8] = []
        for y in 0..<140 {
            for x in 0..<140 {
                let isMouth = abs(Double(x) - 70) < 22 && abs(Double(y) - 95) < mouth
                let level = (isMouth ? 30 : levels[y / 8 * 20 + x / 8]) * gain
                for _ in 0..<3 {
                    let value = level + (noise > 0 ? Double(Int.random(in: -noise...noise, using: &generator)) : 0)
                    pixels.append(UInt8(min(max(value, 0), 255)))
                }
            }
        }
        return Image(width: 140, height: 140, pixels: pixels)
    }

    private func changes(step: Double, seconds: Double, _ picture: (Double) -> Image) -> [Double] {
        var (change, values) = (FaceChange(), [Double]())
        for frame in 0...Int(seconds / step) {
            let time = Double(frame) * step
            if let value = change.update([(1, box)], in: picture(time), at: time)[1] { values.append(value) }
        }
        return values
    }

    // The mouth opens and closes a little more than once a second.
    @Test(arguments: [1.0 / 120, 1.0 / 30, 0.2, 1.0 / 3, 1, 3, 10])
    func aMouthThatSpeaksIsSeenAtAnyStep(step: Double) {
        let pictures = (0..<8).map { picture(mouth: 2 + Double($0)) }
        let values = changes(step: step, seconds: max(4, 8 * step)) { time in
            pictures[Int((time * 9.3).truncatingRemainder(dividingBy: 8))]
        }
        #expect(values.count >= 4)
        #expect((values.max() ?? 0) > 0.05, "\(values)")
    }

    @Test(arguments: [0, 4, 8, 16, 30])
    func noiseOfAnyStrengthIsNoChange(noise: Int) {
        for step in [1.0 / 10, 0.5, 2] {
            let values = changes(step: step, seconds: 8 * max(step, 0.5)) { time in
                picture(mouth: 5, noise: noise, seed: UInt64(time * 1000) + 1)
            }
            #expect((values.max() ?? 1) < 0.025, "\(values)")
        }
    }

    @Test func anotherExposureIsNoChange() {
        let values = changes(step: 0.5, seconds: 4) { picture(mouth: 5, gain: 1 + 0.1 * $0) }
        #expect((values.max() ?? 1) < 0.025, "\(values)")
    }

    @Test func nothingIsSaidOfAFaceThatIsNewOrFlat() {
        var change = FaceChange()
        let flat = Image(width: 140, height: 140, filledWith: .white)
        #expect(change.update([(1, box)], in: flat, at: 0).isEmpty)
        #expect(change.update([(1, box)], in: flat, at: 1)[1] == nil)
        #expect(change.update([(2, box)], in: picture(mouth: 3), at: 2).isEmpty)
        #expect(change.update([(2, box)], in: picture(mouth: 3), at: 2.1).isEmpty)
        #expect(change.update([(2, box)], in: picture(mouth: 3), at: 2.3)[2] == 0)
    }
}
