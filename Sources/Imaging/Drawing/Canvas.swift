/// A picture to draw on, with smooth edges.
///
/// Every shape is given by its distance function: how far a position lies outside (negative: inside). A pixel is
/// covered in so far as that distance at its centre lies below half a pixel, which is antialiasing enough for
/// overlays and one rule for all shapes. Colours are mixed in sRGB. Whatever lies beyond the picture is left out.
public struct Canvas: Sendable {
    /// The picture as drawn so far.
    public private(set) var image: Image

    public init(_ image: Image) { self.image = image }

    /// Mixes `color` into the pixels whose centres lie at a negative distance.
    ///
    /// - Parameters:
    ///   - bounds: encloses the shape; nothing is drawn outside.
    ///   - hole: a part of `bounds` that the shape leaves free, so that the inside of a large frame costs nothing.
    ///   - opacity: 0…1.
    mutating func fill(
        within bounds: Rect, except hole: Rect? = nil, color: Color, opacity: Double = 1,
        distance: (_ x: Double, _ y: Double) -> Double
    ) {
        let visible = bounds.intersection(image.bounds)
        guard visible.area > 0 else { return }
        let width = image.width
        let paint = SIMD4(Double(color.red), Double(color.green), Double(color.blue), 0)
        image.withUnsafeMutablePixels { pixels in
            for row in Int(visible.top)..<Int(visible.bottom.rounded(.up)) {
                let y = Double(row) + 0.5
                for column in Int(visible.left)..<Int(visible.right.rounded(.up)) {
                    let x = Double(column) + 0.5
                    if let hole, x > hole.left, x < hole.right, y > hole.top, y < hole.bottom { continue }
                    let outside = distance(x, y)
                    guard outside < 0.5 else { continue }
                    let offset = (row * width + column) * 3
                    let old = SIMD4(
                        Double(pixels[offset]), Double(pixels[offset + 1]), Double(pixels[offset + 2]), 0)
                    let mixed = old + (paint - old) * (min(0.5 - outside, 1) * opacity) + 0.5
                    pixels[offset] = UInt8(mixed.x)
                    pixels[offset + 1] = UInt8(mixed.y)
                    pixels[offset + 2] = UInt8(mixed.z)
                }
            }
        }
    }
}
