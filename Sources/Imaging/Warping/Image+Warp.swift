import TensorEngine

/// What a warp finds beyond the border of a picture.
public enum WarpBorder: Hashable, Sendable {
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
    public func warped(
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
                        let color = sampler.sample(x: source.x, y: source.y)
                        target[position] = UInt8(color.x + 0.5)
                        target[position + 1] = UInt8(color.y + 0.5)
                        target[position + 2] = UInt8(color.z + 0.5)
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

    /// Each of 0…255; the fourth number is unused.
    @inline(__always)
    func sample(x: Double, y: Double) -> SIMD4<Double> {
        // A position this far away shows nothing but the border anyway, and would not fit `Int`; NaN goes there too.
        let reach = 1e9
        let x = x > -reach ? (x < reach ? x : reach) : -reach
        let y = y > -reach ? (y < reach ? y : reach) : -reach
        let (left, top) = (x.rounded(.down), y.rounded(.down))
        let (column, row) = (Int(left), Int(top))
        let (right, down) = (x - left, y - top)
        let upper = color(column, row) * (1 - right) + color(column + 1, row) * right
        let lower = color(column, row + 1) * (1 - right) + color(column + 1, row + 1) * right
        return upper * (1 - down) + lower * down
    }

    @inline(__always)
    private func color(_ column: Int, _ row: Int) -> SIMD4<Double> {
        if column >= 0 && column < width && row >= 0 && row < height { return pixel(column, row) }
        switch border {
        case .constant(let color):
            return SIMD4(Double(color.red), Double(color.green), Double(color.blue), 0)
        case .replicate:
            return pixel(min(max(column, 0), width - 1), min(max(row, 0), height - 1))
        case .reflect:
            return pixel(reflected(column, extent: width), reflected(row, extent: height))
        }
    }

    private func pixel(_ column: Int, _ row: Int) -> SIMD4<Double> {
        let offset = (row * width + column) * 3
        return SIMD4(Double(pixels[offset]), Double(pixels[offset + 1]), Double(pixels[offset + 2]), 0)
    }

    private func reflected(_ index: Int, extent: Int) -> Int {
        let period = 2 * extent
        let phase = ((index % period) + period) % period
        return phase < extent ? phase : period - 1 - phase
    }
}
