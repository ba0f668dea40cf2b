extension Image {
    /// The part of the picture that `rect` covers, cut at the border.
    ///
    /// Each edge of `rect` is rounded down to a whole pixel and moved to the border where it lies beyond it; the result
    /// has at least one pixel in each direction, the nearest one where `rect` is empty or lies outside.
    public func cropped(to rect: Rect) -> Image { cropped(to: PixelRegion(rect, in: self)) }

    /// A copy of the pixels of `region`.
    package func cropped(to region: PixelRegion) -> Image {
        pixels.withUnsafeBufferPointer { source in
            Image(width: region.width, height: region.height) { target in
                let rowBytes = region.width * 3
                for row in 0..<region.height {
                    let start = ((region.y + row) * width + region.x) * 3
                    _ = UnsafeMutableBufferPointer(rebasing: target[(row * rowBytes)..<((row + 1) * rowBytes)])
                        .initialize(from: source[start..<(start + rowBytes)])
                }
            }
        }
    }

    /// The picture with a border of `color` around it, in pixels a side.
    ///
    /// - Precondition: no side is negative.
    package func padded(
        left: Int = 0, top: Int = 0, right: Int = 0, bottom: Int = 0, with color: Color = .black
    ) -> Image {
        precondition(
            left >= 0 && top >= 0 && right >= 0 && bottom >= 0,
            "negative padding: left \(left), top \(top), right \(right), bottom \(bottom)")
        var result = Image(width: left + width + right, height: top + height + bottom, filledWith: color)
        let (sourceRow, targetRow) = (width * 3, result.width * 3)
        pixels.withUnsafeBufferPointer { source in
            result.withUnsafeMutablePixels { target in
                for row in 0..<height {
                    let start = (top + row) * targetRow + left * 3
                    _ = UnsafeMutableBufferPointer(rebasing: target[start..<(start + sourceRow)])
                        .update(from: source[(row * sourceRow)..<((row + 1) * sourceRow)])
                }
            }
        }
        return result
    }

    /// A picture of one colour.
    ///
    /// - Precondition: `width` and `height` are positive.
    public init(width: Int, height: Int, filledWith color: Color) {
        self.init(width: width, height: height) { target in
            for offset in stride(from: 0, to: target.count, by: 3) {
                target[offset] = color.red
                target[offset + 1] = color.green
                target[offset + 2] = color.blue
            }
        }
    }
}
