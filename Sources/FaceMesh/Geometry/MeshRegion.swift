public import Imaging

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The square of a picture that the mesh network is shown: around a face, turned with it.
public struct MeshRegion: Hashable, Sendable {
    /// In pixels of the picture.
    public let center: Point
    /// In pixels of the picture; 1.5 times the face.
    public let side: Double
    /// By how much the square is turned, in radians, clockwise as seen; 0 for an upright face.
    public let angle: Double

    public init(center: Point, side: Double, angle: Double) {
        (self.center, self.side, self.angle) = (center, side, angle)
    }

    /// How much larger than the face the square is.
    private static let margin = 1.5
    /// Points of the outer corners of the eyes, the picture's left one first.
    private static let outerCorners = (left: 33, right: 263)

    /// The region of a face that a detector found: upright by the eyes where it located them.
    ///
    /// MediaPipe's graph takes the box of its own detector, which ends at brows and chin. Sizes and middle are those that
    /// come nearest to what it takes, in 189 faces of web photographs as MTCNN located their landmarks.
    ///
    /// - Parameters:
    ///   - box: in pixels of the picture; looked at only where there are no landmarks.
    ///   - landmarks: eyes, nose and corners of the mouth.
    public init(box: Rect, landmarks: Landmarks?) {
        guard let landmarks else {
            self.init(center: box.center, side: Self.margin * max(box.width, box.height), angle: 0)
            return
        }
        let (left, right) = (landmarks.leftEye, landmarks.rightEye)
        let eyes = Point(x: (left.x + right.x) / 2, y: (left.y + right.y) / 2)
        let down = Point(
            x: (landmarks.mouthLeft.x + landmarks.mouthRight.x) / 2 - eyes.x,
            y: (landmarks.mouthLeft.y + landmarks.mouthRight.y) / 2 - eyes.y)
        let across = Point(x: right.x - left.x, y: right.y - left.y)
        let lengths =
            (across.x * across.x + across.y * across.y).squareRoot()
            + (down.x * down.x + down.y * down.y).squareRoot()
        self.init(
            center: Point(x: eyes.x + 0.47 * down.x, y: eyes.y + 0.47 * down.y), side: 1.66 * lengths,
            angle: atan2(across.y, across.x))
    }

    /// The region of a face whose mesh is known, in this picture or the one before: the square around all points, turned by
    /// the eyes' outer corners.
    ///
    /// - Parameter mesh: 478 points in pixels of the picture.
    /// - Source: the tracking branch of MediaPipe's `face_landmarks_detector_graph.cc`.
    public init(around mesh: [MeshPoint]) {
        precondition(mesh.count == FaceMeshNetwork.pointCount, "\(mesh.count) points of \(FaceMeshNetwork.pointCount)")
        var (low, high) = (mesh[0], mesh[0])
        for point in mesh {
            low = MeshPoint(x: min(low.x, point.x), y: min(low.y, point.y), z: 0)
            high = MeshPoint(x: max(high.x, point.x), y: max(high.y, point.y), z: 0)
        }
        let (left, right) = (mesh[Self.outerCorners.left], mesh[Self.outerCorners.right])
        self.init(
            center: Point(x: (low.x + high.x) / 2, y: (low.y + high.y) / 2),
            side: Self.margin * max(high.x - low.x, high.y - low.y),
            angle: atan2(right.y - left.y, right.x - left.x))
    }

    /// A square of which nothing can be said is none: less than a pixel, or so large or far away that its map to the crop
    /// cannot be inverted.
    var isUsable: Bool {
        side >= 1 && side <= 1e6 && abs(center.x) <= 1e7 && abs(center.y) <= 1e7 && angle.isFinite
    }

    /// From pixels of the picture to those of the crop, for ``Image/warped(by:to:border:)``.
    ///
    /// The middle of the first pixel is (0, 0) in both, as MediaPipe has it.
    var toCrop: AffineTransform {
        let scale = Double(FaceMeshNetwork.side) / side
        let (cosine, sine) = (cos(angle) * scale, sin(angle) * scale)
        let middle = Double(FaceMeshNetwork.side) / 2
        let (x, y) = (center.x, center.y)
        return AffineTransform(
            a: cosine, b: sine, tx: middle - cosine * x - sine * y,
            c: -sine, d: cosine, ty: middle + sine * x - cosine * y)
    }

    /// A point of the crop in the picture, its depth in the same unit.
    func inPicture(_ point: MeshPoint) -> MeshPoint {
        let scale = side / Double(FaceMeshNetwork.side)
        let middle = Double(FaceMeshNetwork.side) / 2
        let (x, y) = ((point.x - middle) * scale, (point.y - middle) * scale)
        let (cosine, sine) = (cos(angle), sin(angle))
        return MeshPoint(
            x: center.x + cosine * x - sine * y, y: center.y + sine * x + cosine * y, z: point.z * scale)
    }
}
