internal import TensorEngine

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Where a face stands before the camera: its mesh in centimetres, and how it is turned.
///
/// A mesh is what a camera sees, so that nearer parts are larger; its depth comes in the picture's unit. As MediaPipe does,
/// the camera is taken for one of 63° of height, the face for one as large as the canonical one, and its distance follows.
/// - Source: MediaPipe's `geometry_pipeline.cc`.
struct FacePlacement {
    /// What the camera sees from top to bottom.
    private static let fieldOfView = 63 * Double.pi / 180

    /// In centimetres from the camera: x to the right, y up, z towards the viewer and so negative.
    private let points: [MeshPoint]
    private let alignment: FaceAlignment

    /// From the canonical face's axes to those of a camera that looks at the face: where in the picture a face stands does not
    /// turn it.
    ///
    /// MediaPipe's matrix has the axes of the camera itself, to which a face at the border that looks into it is turned.
    var rotation: Matrix3 { Matrix3(lookingAt: alignment.center).transposed * alignment.rotation }

    /// Nil where the mesh has no extent or is not finite.
    ///
    /// - Parameters:
    ///   - mesh: in pixels of the picture, at least the points of the canonical face.
    ///   - picture: its size.
    init?(of face: CanonicalFace, in mesh: [MeshPoint], picture: Size) {
        // The plane one centimetre before the camera, which the picture is thought to lie in.
        let height = 2 * tan(Self.fieldOfView / 2)
        let pixel = height / Double(picture.height)
        let seen = mesh.map { point in
            MeshPoint(
                x: point.x * pixel - Double(picture.width) * pixel / 2, y: height / 2 - point.y * pixel,
                z: point.z * pixel)
        }
        let middle = seen.prefix(face.points.count).reduce(0) { $0 + $1.z } / Double(face.points.count)
        func placed(_ scale: Double) -> [MeshPoint] {
            seen.map { point in
                let distance = (point.z - middle + 1) / scale
                return MeshPoint(x: point.x * distance, y: point.y * distance, z: -distance)
            }
        }
        // How large the face is tells how far away it is, and that again how large it is: two rounds do.
        let flat = seen.map { MeshPoint(x: $0.x, y: $0.y, z: -$0.z) }
        guard let first = FaceAlignment(of: face, to: flat),
            let second = FaceAlignment(of: face, to: placed(first.scale))
        else { return nil }
        points = placed(first.scale * second.scale)
        guard let alignment = FaceAlignment(of: face, to: points) else { return nil }
        self.alignment = alignment
    }

    /// A point of the mesh in the canonical face's own axes, in centimetres: as if the head looked straight ahead.
    func straightened(_ index: Int) -> MeshPoint { alignment.straightened(points[index]) }
}
