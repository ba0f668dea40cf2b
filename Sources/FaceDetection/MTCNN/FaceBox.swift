package import Imaging

/// A candidate's rectangle between the stages, in single precision as the reference computes it.
///
/// Rounding to whole pixels comes after a chain of these operations, so their order is part of the result; it is that
/// of facenet-pytorch. Corners are in pixels of the picture and count from 1: the pixel in the corner is (1, 1).
/// - Source: facenet-pytorch 2.6.0, `models/utils/detect_face.py`: `rerec`, `bbreg`, `pad`.
package struct FaceBox: Hashable, Sendable {
    package var left: Float
    package var top: Float
    package var right: Float
    package var bottom: Float

    package init(left: Float, top: Float, right: Float, bottom: Float) {
        (self.left, self.top, self.right, self.bottom) = (left, top, right, bottom)
    }

    package var width: Float { right - left }
    package var height: Float { bottom - top }

    /// The square around the same centre whose side is the longer of the two.
    package var squared: FaceBox {
        let side = max(width, height)
        let left = left + width * 0.5 - side * 0.5
        let top = top + height * 0.5 - side * 0.5
        return FaceBox(left: left, top: top, right: left + side, bottom: top + side)
    }

    /// Each edge moved by its correction, a fraction of the box's extent.
    ///
    /// - Parameters:
    ///   - shift: what a network answered, in the order left, top, right, bottom; unit: widths and heights of the box.
    ///   - inclusive: whether the extent counts both border pixels (`right − left + 1`), as after the second and third
    ///     network, or not, as after the first.
    package func moved(by shift: SIMD4<Float>, inclusive: Bool) -> FaceBox {
        let border: Float = inclusive ? 1 : 0
        let (width, height) = (width + border, height + border)
        return FaceBox(
            left: left + shift[0] * width, top: top + shift[1] * height, right: right + shift[2] * width,
            bottom: bottom + shift[3] * height)
    }

    /// The whole pixels of `image` inside the box; nil where it lies outside.
    ///
    /// Corners are cut to whole numbers towards zero and held inside the picture; the first pixel is the one before
    /// the left top corner, since corners count from 1.
    package func region(in image: Image) -> PixelRegion? {
        let (x, width) = Self.span(from: left, to: right, extent: image.width)
        let (y, height) = Self.span(from: top, to: bottom, extent: image.height)
        guard width > 0, height > 0 else { return nil }
        return PixelRegion(x: x, y: y, width: width, height: height, in: image)
    }

    /// Comparisons come before conversions so that a NaN or a number beyond `Int` cannot trap.
    private static func span(from low: Float, to high: Float, extent: Int) -> (start: Int, count: Int) {
        let start = low >= 1 ? Int(min(low, Float(extent + 1))) - 1 : 0
        let end = high >= 1 ? Int(min(high, Float(extent))) : 0
        return (start, end - start)
    }
}

extension FaceBox {
    /// The same corners in single precision.
    init(_ rect: Rect) {
        self.init(
            left: Float(rect.left), top: Float(rect.top), right: Float(rect.right), bottom: Float(rect.bottom))
    }
}

extension Rect {
    /// The same corners in double precision.
    package init(_ box: FaceBox) {
        self.init(left: Double(box.left), top: Double(box.top), right: Double(box.right), bottom: Double(box.bottom))
    }
}
