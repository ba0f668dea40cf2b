import PlaneGeometry

/// What a warp finds beyond the border of a picture.
package enum WarpBorder: Hashable, Sendable {
    /// One colour, OpenCV's `BORDER_CONSTANT`.
    case constant(Color)
    /// The nearest pixel of the border, OpenCV's `BORDER_REPLICATE`.
    case replicate
    /// The picture mirrored, its edge pixel twice (`cba|abc|cba`), OpenCV's `BORDER_REFLECT`.
    case reflect
}

extension Image {
    /// The picture moved by `transform`, sampled bilinearly.
    ///
    /// `transform` maps positions of this picture to positions of the result, with the centre of the first pixel at
    /// (0, 0): OpenCV's convention for `warpAffine`, which differs from it only by rounding positions to 1/32 pixel.
    /// No low-pass filter: meant for alignment at about the same size; shrink with ``resized(to:filter:)`` first.
    ///
    /// - Precondition: `transform` has an inverse, `size` has at least one pixel in each direction.
    /// - Complexity: O(H′·W′).
    package func warped(
        by transform: AffineTransform, to size: Size, border: WarpBorder = .constant(.black)
    ) -> Image {
        precondition(size.height > 0 && size.width > 0, "cannot warp to \(size)")
        guard let back = transform.inverse else { preconditionFailure("\(transform) has no inverse") }
        return pixels.withUnsafeBufferPointer { pixels in
            let sampler = BilinearSampler(pixels: pixels, width: width, height: height, border: border)
            return Image(width: size.width, height: size.height) { target in
                var position = 0
                for row in 0..<size.height {
                    for column in 0..<size.width {
                        let source = back(Point(x: Double(column), y: Double(row)))
                        sampler.sample(x: source.x, y: source.y, into: target, at: position)
                        position += 3
                    }
                }
            }
        }
    }
}

/// Colours between the pixels of a picture, and beyond its border.
private struct BilinearSampler {
    let pixels: UnsafeBufferPointer<UInt8>
    let width: Int
    let height: Int
    let border: WarpBorder

    /// Distances between pixels are whole numbers of these parts, so that no sample is converted from floating point;
    /// fine enough to stay within a thousandth of a level, coarse enough for products of two in 64 bits.
    private static let parts = 1 << 20

    /// Writes red, green and blue at `position` of `target`.
    @inline(__always)
    func sample(x: Double, y: Double, into target: UnsafeMutableBufferPointer<UInt8>, at position: Int) {
        // A position this far away shows nothing but the border anyway, and would not fit `Int`; NaN goes there too.
        let reach = 1e9
        let x = x > -reach ? (x < reach ? x : reach) : -reach
        let y = y > -reach ? (y < reach ? y : reach) : -reach
        let (column, row) = (Self.floor(x), Self.floor(y))
        let right = Int((x - Double(column)) * Double(Self.parts))
        let down = Int((y - Double(row)) * Double(Self.parts))
        if column >= 0 && column < width - 1 && row >= 0 && row < height - 1 {
            let upper = (row * width + column) * 3
            let lower = upper + width * 3
            for channel in 0..<3 {
                target[position + channel] = Self.blend(
                    pixels[upper + channel], pixels[upper + 3 + channel], pixels[lower + channel],
                    pixels[lower + 3 + channel], right, down)
            }
        } else {
            let (upper, upperRight) = (color(column, row), color(column + 1, row))
            let (lower, lowerRight) = (color(column, row + 1), color(column + 1, row + 1))
            for channel in 0..<3 {
                target[position + channel] = Self.blend(
                    upper[channel], upperRight[channel], lower[channel], lowerRight[channel], right, down)
            }
        }
    }

    /// The value `right` and `down` parts from the first of four neighbours, rounded.
    @inline(__always)
    private static func blend(
        _ upper: UInt8, _ upperRight: UInt8, _ lower: UInt8, _ lowerRight: UInt8, _ right: Int, _ down: Int
    ) -> UInt8 {
        // At most 255 · 2⁴⁰: nothing here can overflow.
        let above = Int(upper) &* parts &+ (Int(upperRight) &- Int(upper)) &* right
        let below = Int(lower) &* parts &+ (Int(lowerRight) &- Int(lower)) &* right
        let sum = above &* parts &+ (below &- above) &* down
        return UInt8(truncatingIfNeeded: (sum &+ parts &* parts / 2) / (parts &* parts))
    }

    /// The largest whole number not above `value`; `rounded(.down)` is a call into the C library on older processors.
    @inline(__always)
    private static func floor(_ value: Double) -> Int {
        let truncated = Int(value)
        return Double(truncated) > value ? truncated - 1 : truncated
    }

    /// The pixel there, or what the border shows in its place.
    private func color(_ column: Int, _ row: Int) -> SIMD3<UInt8> {
        if column >= 0 && column < width && row >= 0 && row < height { return pixel(column, row) }
        switch border {
        case .constant(let color):
            return SIMD3(color.red, color.green, color.blue)
        case .replicate:
            return pixel(min(max(column, 0), width - 1), min(max(row, 0), height - 1))
        case .reflect:
            return pixel(reflected(column, extent: width), reflected(row, extent: height))
        }
    }

    private func pixel(_ column: Int, _ row: Int) -> SIMD3<UInt8> {
        let offset = (row * width + column) * 3
        return SIMD3(pixels[offset], pixels[offset + 1], pixels[offset + 2])
    }

    private func reflected(_ index: Int, extent: Int) -> Int {
        let period = 2 * extent
        let phase = ((index % period) + period) % period
        return phase < extent ? phase : period - 1 - phase
    }
}
