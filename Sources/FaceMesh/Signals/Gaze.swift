#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Where both eyes look, in degrees against the head: how far each iris has moved from the middle of its eye.
///
/// An eye is taken for a ball of 1.2 cm radius whose middle lies behind that of its corners, in a head as large as the
/// canonical one. Eyes and their corners differ from person to person by some degrees, so that a gaze is best compared
/// with the same person's gaze at something known; the direction is more reliable than the amount.
public struct Gaze: Hashable, Sendable, Codable {
    /// To the side, −90…90: positive towards the right border of the picture.
    public let yaw: Double
    /// Up and down, −90…90: positive upwards.
    public let pitch: Double

    public init(yaw: Double, pitch: Double) { (self.yaw, self.pitch) = (yaw, pitch) }

    /// Radius of an eyeball in centimetres, from its middle to the iris.
    static let radius = 1.2
    /// How far an iris lies above the line of the corners where somebody looks straight ahead, in centimetres: the median of
    /// 140 faces of web photographs that are turned by less than 12°.
    static let restingHeight = 0.156

    /// An eye's corners and its iris.
    struct Eye {
        let corners: (Int, Int)
        let iris: Int

        /// The picture's left one first.
        static let both = [Eye(corners: (33, 133), iris: 468), Eye(corners: (263, 362), iris: 473)]
    }

    init(_ placement: FacePlacement) {
        var (across, up) = (0.0, 0.0)
        for eye in Eye.both {
            let iris = placement.straightened(eye.iris)
            let (first, second) = (placement.straightened(eye.corners.0), placement.straightened(eye.corners.1))
            across += iris.x - (first.x + second.x) / 2
            up += iris.y - (first.y + second.y) / 2 - Self.restingHeight
        }
        self.init(yaw: Self.angle(across / 2), pitch: Self.angle(up / 2))
    }

    /// Of an iris that far from the middle.
    private static func angle(_ offset: Double) -> Double { asin(max(-1, min(1, offset / radius))).degrees }
}
