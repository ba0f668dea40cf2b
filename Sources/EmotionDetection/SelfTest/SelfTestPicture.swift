/// The picture of the self-test: a face drawn from ellipses, lit from the left, before a gradient.
///
/// Made by integer arithmetic alone, so that every machine and the Python script that computed the expected answers
/// have the same bytes; and no photograph of anybody is needed to find out whether the networks work.
/// - Source: `Weights/Conversion/make_self_test.py`.
package struct SelfTestPicture {
    static let side = 160

    private typealias Paint = (_ x: Int, _ y: Int) -> (red: Int, green: Int, blue: Int)

    private var pixels: [UInt8] = []

    /// The drawn face.
    package static let face: Image = {
        var picture = SelfTestPicture()
        picture.draw()
        return Image(width: side, height: side, pixels: picture.pixels)
    }()

    private mutating func draw() {
        pixels = [UInt8](repeating: 0, count: SelfTestPicture.side * SelfTestPicture.side * 3)
        paint { x, y in (90 + y / 4, 110 + y / 4, 140 + y / 8) }
        ellipse(80, 72, 50, 58) { _, _ in (70, 45, 30) }
        ellipse(80, 84, 40, 52) { x, _ in
            let distance = abs(x - 74)
            return (200 - distance, 160 - distance * 4 / 5, 130 - distance * 4 / 5)
        }
        for eye in [64, 96] {
            ellipse(eye, 66, 11, 3) { _, _ in (80, 55, 40) }
            ellipse(eye, 76, 8, 4) { _, _ in (235, 230, 225) }
            ellipse(eye, 76, 4, 4) { _, _ in (50, 35, 30) }
        }
        ellipse(80, 90, 5, 12) { _, _ in (185, 130, 105) }
        for nostril in [76, 84] { ellipse(nostril, 100, 3, 2) { _, _ in (110, 70, 60) } }
        ellipse(80, 114, 17, 7) { _, _ in (165, 70, 70) }
        ellipse(80, 113, 13, 3) { _, _ in (240, 235, 230) }
    }

    /// Paints the pixels of the ellipse with this centre and these radii.
    private mutating func ellipse(
        _ centerX: Int, _ centerY: Int, _ radiusX: Int, _ radiusY: Int, _ color: Paint
    ) {
        paint(color) { x, y in
            let (dx, dy) = ((x - centerX) * radiusY, (y - centerY) * radiusX)
            return dx * dx + dy * dy <= radiusX * radiusX * radiusY * radiusY
        }
    }

    private mutating func paint(_ color: Paint, where isInside: (_ x: Int, _ y: Int) -> Bool = { _, _ in true }) {
        for y in 0..<SelfTestPicture.side {
            for x in 0..<SelfTestPicture.side where isInside(x, y) {
                let (red, green, blue) = color(x, y)
                let start = (y * SelfTestPicture.side + x) * 3
                pixels.replaceSubrange(start..<start + 3, with: [UInt8(red), UInt8(green), UInt8(blue)])
            }
        }
    }
}
