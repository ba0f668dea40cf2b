/// Turn, size and place that bring the canonical face nearest to as many points, in the sense of least weighted squares.
///
/// - Source: Umeyama 1991, doi:10.1109/34.88573; the weights are MediaPipe's.
struct FaceAlignment {
    let rotation: Matrix3
    /// Units of the points a centimetre.
    let scale: Double
    /// Of points that all but coincide nothing is left but rounding; a face of one pixel is a hundred times as large.
    private static let smallestScale = 1e-7
    /// The weighted means.
    let center: MeshPoint
    private let canonicalCenter: MeshPoint

    /// Nil where the points have no extent or are not finite.
    ///
    /// - Parameter points: x to the right, y up, z towards the viewer; at least those of the canonical face.
    init?(of face: CanonicalFace, to points: [MeshPoint]) {
        precondition(points.count >= face.points.count, "\(points.count) points")
        let used = face.weights.indices.filter { face.weights[$0] > 0 }
        let total = used.reduce(0) { $0 + face.weights[$1] }
        func center(_ point: (Int) -> MeshPoint) -> MeshPoint {
            used.reduce(MeshPoint(x: 0, y: 0, z: 0)) { sum, index in
                let (point, share) = (point(index), face.weights[index] / total)
                return MeshPoint(x: sum.x + share * point.x, y: sum.y + share * point.y, z: sum.z + share * point.z)
            }
        }
        let (canonicalCenter, center) = (center { face.points[$0] }, center { points[$0] })
        var covariance = Matrix3()
        var variance = 0.0
        for index in used {
            let target = (points[index] - center).coordinates
            let source = (face.points[index] - canonicalCenter).coordinates
            for row in 0..<3 {
                for column in 0..<3 { covariance[row, column] += face.weights[index] * target[row] * source[column] }
            }
            variance += face.weights[index] * (source[0] * source[0] + source[1] * source[1] + source[2] * source[2])
        }
        guard covariance.isFinite, variance > 0, let parts = SingularValues(of: covariance) else { return nil }
        let sign: Double = parts.left.determinant * parts.rightTransposed.determinant < 0 ? -1 : 1
        rotation = parts.left * Matrix3(diagonal: [1, 1, sign]) * parts.rightTransposed
        scale = (parts.values[0] + parts.values[1] + sign * parts.values[2]) / variance
        guard scale > Self.smallestScale else { return nil }
        (self.canonicalCenter, self.center) = (canonicalCenter, center)
    }

    /// A point among those that were aligned to, in the canonical face's own axes, in centimetres.
    func straightened(_ point: MeshPoint) -> MeshPoint {
        let turned = rotation.transposed(times: (point - center).coordinates)
        return MeshPoint(
            x: turned[0] / scale + canonicalCenter.x, y: turned[1] / scale + canonicalCenter.y,
            z: turned[2] / scale + canonicalCenter.z)
    }
}

extension MeshPoint {
    fileprivate var coordinates: [Double] { [x, y, z] }

    fileprivate static func - (first: MeshPoint, second: MeshPoint) -> MeshPoint {
        MeshPoint(x: first.x - second.x, y: first.y - second.y, z: first.z - second.z)
    }
}
