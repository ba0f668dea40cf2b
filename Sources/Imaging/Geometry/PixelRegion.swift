import PlaneGeometry

/// A rectangle of whole pixels inside a picture: never empty, never beyond the border.
package struct PixelRegion: Hashable, Sendable {
    package let x: Int
    package let y: Int
    package let width: Int
    package let height: Int

    /// The pixels of an image that `rect` covers.
    ///
    /// Each edge is rounded down to a whole pixel (so the right and bottom pixels are left out when cut) and then moved
    /// to the border where it lies beyond. What is left empty, by its size or by lying outside, becomes the one pixel
    /// row or column nearest to it; a NaN edge counts as 0. Rounding both edges down is what `int(...)` of the corners
    /// does in facenet-pytorch's `extract_face`, so crops agree with it.
    package init(_ rect: Rect, in image: Image) {
        (x, width) = Self.span(from: rect.left, to: rect.right, extent: image.width)
        (y, height) = Self.span(from: rect.top, to: rect.bottom, extent: image.height)
    }

    /// - Precondition: at least one pixel, all of them inside `image`.
    package init(x: Int, y: Int, width: Int, height: Int, in image: Image) {
        precondition(
            x >= 0 && y >= 0 && width > 0 && height > 0 && x + width <= image.width && y + height <= image.height,
            "(\(x), \(y)) + \(width)×\(height) does not lie in \(image.width)×\(image.height)")
        (self.x, self.y, self.width, self.height) = (x, y, width, height)
    }

    /// All of `image`.
    package init(all image: Image) { (x, y, width, height) = (0, 0, image.width, image.height) }

    package var size: Size { Size(height: height, width: width) }

    private static func span(from low: Double, to high: Double, extent: Int) -> (start: Int, count: Int) {
        let start = pixel(low, atMost: extent - 1)
        return (start, max(pixel(high, atMost: extent) - start, 1))
    }

    private static func pixel(_ edge: Double, atMost limit: Int) -> Int {
        edge > 0 ? Int(min(edge, Double(limit))) : 0
    }
}
