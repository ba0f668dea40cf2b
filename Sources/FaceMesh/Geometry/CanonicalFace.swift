internal import TensorEngine
internal import WeightFile

/// An average face looking straight ahead, which meshes are laid over to see how a head is turned.
///
/// - Source: MediaPipe's `canonical_face_model` and Procrustes weights (Apache-2.0), out of `face_landmarker.task`.
package struct CanonicalFace: Sendable {
    static let pointCount = 468
    private static let triangleCount = 898

    /// In centimetres from the middle of the head: x to the picture's right, y up, z towards the viewer.
    package let points: [MeshPoint]
    /// How much each point counts when a mesh is laid over, 0 for most.
    package let weights: [Double]
    /// The surface, three points a triangle.
    let triangles: [(Int, Int, Int)]

    init(from scope: WeightScope) throws(WeightError) {
        let places = try scope.tensor("points", shape: [Self.pointCount, 3]).scalars
        points = places.withUnsafeBufferPointer(MeshPoint.points)
        weights = try scope.tensor("weights", shape: [Self.pointCount]).scalars.map(Double.init)
        // Numbers of points, which a half holds exactly up to 2048; others than there are mean none.
        let corners: [Int] = try scope.tensor("triangles", shape: [Self.triangleCount, 3]).scalars.map { number in
            number >= 0 && number < Float(Self.pointCount) ? Int(number) : 0
        }
        triangles = (0..<Self.triangleCount).map { (corners[3 * $0], corners[3 * $0 + 1], corners[3 * $0 + 2]) }
    }

    /// The sides of all triangles, each once.
    var edges: [(Int, Int)] {
        var seen: Set<Int> = []
        return triangles.flatMap { [($0.0, $0.1), ($0.1, $0.2), ($0.2, $0.0)] }.filter { first, second in
            seen.insert(min(first, second) * Self.pointCount + max(first, second)).inserted
        }
    }
}
