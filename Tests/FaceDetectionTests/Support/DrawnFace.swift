import Imaging

/// A face of an ellipse and four rectangles on gray: MTCNN takes it for one, a closer look does not.
enum DrawnFace {
    /// The face in the middle of 320×240 pixels, 80 pixels wide.
    static let image: Image = {
        var pixels: [UInt8] = []
        for y in -120..<120 {
            for x in -160..<160 { pixels += pixel(Double(x), Double(y)) }
        }
        return Image(width: 320, height: 240, pixels: pixels)
    }()

    /// The colour at so many pixels from the middle.
    private static func pixel(_ x: Double, _ y: Double) -> [UInt8] {
        let radius = 40.0
        if abs(x) <= 3.2, (-4...12).contains(y) { return [187, 154, 132] }
        if abs(x) <= 14, (22...26).contains(y) { return [60, 30, 30] }
        if abs(abs(x) - 16) <= 10, abs(y + 12) <= 5 { return [30, 30, 30] }
        let height = y / 1.25
        return x * x + height * height <= radius * radius ? [220, 176, 154] : [60, 60, 60]
    }
}
