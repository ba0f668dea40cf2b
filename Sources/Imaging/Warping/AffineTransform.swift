#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A map of the plane that keeps straight lines straight: x′ = a·x + b·y + tx, y′ = c·x + d·y + ty.
///
/// The six numbers are the 2×3 matrix `[[a, b, tx], [c, d, ty]]` of OpenCV and scikit-image, row by row.
package struct AffineTransform: Hashable, Sendable {
    package var a: Double
    package var b: Double
    package var tx: Double
    package var c: Double
    package var d: Double
    package var ty: Double

    package init(a: Double, b: Double, tx: Double, c: Double, d: Double, ty: Double) {
        self.a = a
        self.b = b
        self.tx = tx
        self.c = c
        self.d = d
        self.ty = ty
    }

    package static let identity = AffineTransform(a: 1, b: 0, tx: 0, c: 0, d: 1, ty: 0)

    /// Turns by `radians` (clockwise as seen, since y points down) and scales around `center`.
    package static func rotation(by radians: Double, scale: Double = 1, around center: Point) -> AffineTransform {
        let rotation = UnitRotation(radians: radians)
        let (cosine, sine) = (scale * rotation.cosine, scale * rotation.sine)
        return AffineTransform(
            a: cosine, b: -sine, tx: center.x - cosine * center.x + sine * center.y,
            c: sine, d: cosine, ty: center.y - sine * center.x - cosine * center.y)
    }

    /// By how much areas grow; 0 where the plane collapses to a line, negative where it is mirrored.
    package var determinant: Double { a * d - b * c }

    /// The map back; nil where the plane collapses to a line, or a number is not finite.
    package var inverse: AffineTransform? {
        let determinant = determinant
        guard determinant != 0, (1 / determinant).isFinite else { return nil }
        let inverse = AffineTransform(
            a: d / determinant, b: -b / determinant, tx: (b * ty - d * tx) / determinant,
            c: -c / determinant, d: a / determinant, ty: (c * tx - a * ty) / determinant)
        return inverse.tx.isFinite && inverse.ty.isFinite ? inverse : nil
    }

    /// Where `point` goes.
    package func callAsFunction(_ point: Point) -> Point {
        Point(x: a * point.x + b * point.y + tx, y: c * point.x + d * point.y + ty)
    }
}

/// Cosine and sine of an angle from the system's mathematics library.
struct UnitRotation {
    let cosine: Double
    let sine: Double

    init(radians: Double) {
        cosine = cos(radians)
        sine = sin(radians)
    }
}
