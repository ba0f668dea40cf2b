/// What the mesh network says of one crop.
public struct MeshPrediction: Hashable, Sendable {
    /// 478 points in pixels of the crop, 0…256 where they lie in it; z in the same unit, less the nearer.
    ///
    /// The first 468 are those of the canonical face; 468…472 are middle and edge of the iris at the picture's left, and
    /// 473…477 of the other.
    public let points: [MeshPoint]
    /// How surely the crop shows a face, 0…1.
    public let presence: Double
}

/// A point of a mesh, in pixels of whatever it lies in.
public struct MeshPoint: Hashable, Sendable {
    /// To the right.
    public var x: Double
    /// Downwards.
    public var y: Double
    /// Away from the viewer, from the middle of the face on.
    public var z: Double

    public init(x: Double, y: Double, z: Double) { (self.x, self.y, self.z) = (x, y, z) }

    /// Points from x, y and z of each, one behind the other.
    static func points(_ values: UnsafeBufferPointer<Float>) -> [MeshPoint] {
        stride(from: 0, to: values.count, by: 3).map { place in
            MeshPoint(x: Double(values[place]), y: Double(values[place + 1]), z: Double(values[place + 2]))
        }
    }
}
