import Imaging
import TestSupport

extension Image {
    /// Random bytes, the same for the same seed.
    static func noise(width: Int, height: Int, seed: UInt64) -> Image {
        var generator = SeededGenerator(seed: seed)
        return Image(width: width, height: height, pixels: generator.bytes(width * height * 3))
    }

    /// Red, green and blue at a position.
    func pixel(_ x: Int, _ y: Int) -> [UInt8] { Array(pixels[((y * width + x) * 3)..<((y * width + x) * 3 + 3)]) }
}
