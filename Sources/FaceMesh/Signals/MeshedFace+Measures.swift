/// Lengths within the mesh, which no movement of the network stands for.
extension MeshedFace {
    /// Points of the eyes' outer corners, and of the lips' inner edges in the middle.
    private static let (corners, lips) = ((33, 263), (13, 14))

    /// From the outer corner of one eye to that of the other, depth included, in pixels of the picture: it grows as the
    /// head comes nearer, and stays nearly the same when it turns.
    public var eyeSpan: Double { distance(Self.corners.0, Self.corners.1) }

    /// How far the lips are apart in the middle, in parts of ``eyeSpan``: 0 for a mouth that is shut, about 0.3 for one
    /// that speaks, nearly 1 wide open. It follows the lips more closely than the movement `jawOpen`.
    public var mouthOpening: Double { eyeSpan > 0 ? distance(Self.lips.0, Self.lips.1) / eyeSpan : 0 }

    private func distance(_ first: Int, _ second: Int) -> Double {
        let (one, other) = (points[first], points[second])
        let (x, y, z) = (one.x - other.x, one.y - other.y, one.z - other.z)
        return (x * x + y * y + z * z).squareRoot()
    }
}
