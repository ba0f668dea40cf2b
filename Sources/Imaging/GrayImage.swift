import PlaneGeometry

/// A picture of 8-bit gray pixels, rows from top to bottom, no padding between them.
package struct GrayImage: Hashable, Sendable {
    package let width: Int
    package let height: Int
    /// `height × width` bytes, row by row; 0 is black.
    package let pixels: [UInt8]

    /// - Precondition: `width` and `height` are positive and `pixels` holds `width × height` bytes.
    package init(width: Int, height: Int, pixels: [UInt8]) {
        precondition(width > 0 && height > 0, "an image of \(width)×\(height) has no pixels")
        precondition(pixels.count == width * height, "\(pixels.count) bytes for \(width)×\(height) gray")
        self.width = width
        self.height = height
        self.pixels = pixels
    }

    /// Rows and columns, height first.
    package var size: Size { Size(height: height, width: width) }
}

/// Whole-number weights of red, green and blue in a gray value, ITU-R BT.601's 0.299, 0.587, 0.114.
///
/// The two programs round them differently; they disagree by one level on some colours.
package enum LumaWeights: Sendable, Hashable {
    /// `Image.convert("L")`: 16 bits, (19595 R + 38470 G + 7471 B + 2¹⁵) / 2¹⁶ (Pillow 13, `Convert.c`).
    case pillow
    /// `cvtColor(COLOR_RGB2GRAY)`: 15 bits, (9798 R + 19235 G + 3735 B + 2¹⁴) / 2¹⁵ (OpenCV 4, `color_rgb.simd.hpp`).
    case openCV

    fileprivate var fixedPoint: (red: UInt32, green: UInt32, blue: UInt32, bits: UInt32) {
        switch self {
        case .pillow: (19_595, 38_470, 7_471, 16)
        case .openCV: (9_798, 19_235, 3_735, 15)
        }
    }
}

extension Image {
    /// Its brightness, by the weights that the named program uses, equal to that program's result in every byte.
    package func gray(weights: LumaWeights = .openCV) -> GrayImage {
        let (red, green, blue, bits) = weights.fixedPoint
        let half = UInt32(1) << (bits - 1)
        let luma = [UInt8](unsafeUninitializedCapacity: width * height) { target, count in
            count = width * height
            pixels.withUnsafeBufferPointer { source in
                for pixel in 0..<count {
                    let sum =
                        UInt32(source[pixel * 3]) &* red &+ UInt32(source[pixel * 3 + 1]) &* green
                        &+ UInt32(source[pixel * 3 + 2]) &* blue
                    target[pixel] = UInt8(truncatingIfNeeded: (sum &+ half) >> bits)
                }
            }
        }
        return GrayImage(width: width, height: height, pixels: luma)
    }
}
