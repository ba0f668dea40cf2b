internal import Imaging

/// A face in 478 points and 52 movements, and what follows from them.
///
/// What a face does, not what its owner feels.
public struct MeshedFace: Hashable, Sendable {
    /// 478 points in pixels of the picture, the middle of the first pixel at (0, 0); depth in the same unit, less the nearer.
    public let points: [MeshPoint]
    /// How surely the region shows a face, 0…1; below ``FaceMesher/leastPresence`` the points mean nothing.
    public let presence: Double
    /// What the network was shown.
    public let region: MeshRegion
    /// How far the face makes each of 52 movements.
    public let blendshapes: BlendshapeCoefficients
    /// How the head is turned.
    public let turn: HeadTurn
    /// Where the eyes look, what eyelids, brows, jaw and mouth do.
    public let signals: FaceSignals

    /// Whether ``presence`` is high enough for the points to be a face's.
    public var isPresent: Bool { presence >= FaceMesher.leastPresence }

    /// The same face in a picture whose sides are `factor` times as long.
    public func scaled(by factor: Double) -> MeshedFace {
        MeshedFace(
            points: points.map { MeshPoint(x: $0.x * factor, y: $0.y * factor, z: $0.z * factor) },
            presence: presence,
            region: MeshRegion(
                center: Point(x: region.center.x * factor, y: region.center.y * factor), side: region.side * factor,
                angle: region.angle),
            blendshapes: blendshapes, turn: turn, signals: signals)
    }
}
