internal import CLAPACKE
internal import Imaging

/// The turn, scale and shift that bring a face's landmarks nearest to the template's, in the sense of least squares.
///
/// Solves x = a·u − b·v + tx, y = b·u + a·v + ty for the five points, (u, v) in the template's units and (x, y) in pixels:
/// ten equations, four unknowns, no mirroring.
/// - Source: Umeyama 1991, doi:10.1109/34.88573, without its singular value decomposition: in the plane the problem is
///   linear, and LAPACK's `dgels` solves it.
struct FaceAlignment {
    /// Template units to pixels of the picture.
    private let toPicture: AffineTransform
    /// How many pixels of the picture one unit of the template covers.
    let pixelsPerUnit: Double

    /// A face of less than a pixel has no direction.
    private static let smallestScale = 1.0

    /// Nil where the points coincide or are not finite.
    init?(of landmarks: Landmarks) {
        var matrix: [Double] = []
        var positions: [Double] = []
        for (template, point) in zip(AlignedFaceTemplate.landmarks.points, landmarks.points) {
            matrix += [template.x, -template.y, 1, 0]
            matrix += [template.y, template.x, 0, 1]
            positions += [point.x, point.y]
        }
        guard positions.allSatisfy(\.isFinite) else { return nil }
        let (rows, columns) = (Int32(positions.count), Int32(4))
        let info = LAPACKE_dgels(
            LAPACK_ROW_MAJOR, CChar(bitPattern: UInt8(ascii: "N")), rows, columns, 1, &matrix, columns, &positions, 1)
        guard info == 0 else { return nil }
        let (a, b) = (positions[0], positions[1])
        let scale = (a * a + b * b).squareRoot()
        guard scale.isFinite, scale >= Self.smallestScale else { return nil }
        toPicture = AffineTransform(a: a, b: -b, tx: positions[2], c: b, d: a, ty: positions[3])
        pixelsPerUnit = scale
    }

    /// From pixels of the picture to those of a square crop of `side` pixels, `padding` of the template around it.
    func transform(toSquareOf side: Double, padding: Double) -> AffineTransform {
        let pixels = side / (AlignedFaceTemplate.side * (1 + 2 * padding))
        let back = toPicture.inverse ?? .identity
        return AffineTransform(
            a: back.a * pixels, b: back.b * pixels, tx: (back.tx + padding) * pixels - 0.5,
            c: back.c * pixels, d: back.d * pixels, ty: (back.ty + padding) * pixels - 0.5)
    }
}

/// Where the landmarks of an upright face lie in the square that an aligned crop shows, before padding.
///
/// Mean of what MTCNN finds in 108 nearly upright faces of FER2013's training pictures, as parts of the square around
/// the box that it finds with them, made symmetric: aligned faces are framed as square crops frame others.
enum AlignedFaceTemplate {
    /// The square's own side, in the template's units.
    static let side = 1.0

    static let landmarks = Landmarks(
        leftEye: Point(x: 0.322, y: 0.380), rightEye: Point(x: 0.678, y: 0.380), nose: Point(x: 0.500, y: 0.587),
        mouthLeft: Point(x: 0.350, y: 0.764), mouthRight: Point(x: 0.650, y: 0.764))
}
