#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// How a head is turned against one that faces the camera, wherever in the picture it stands, in degrees.
///
/// The head first nods (pitch), then turns (yaw), then tilts (roll), as with `HeadPose` of FaceDetection, which has five points to go by and is for programs without a mesh. It is the turn
/// that brings the canonical face nearest to the mesh; the points that count most lie on nose, eyes and the edge of the
/// cheeks, so a smile changes it little.
/// People who look into the camera have a pitch of about −4°, the median of 90 web photographs: the canonical face looks up
/// a little.
/// - Source: MediaPipe's face geometry pipeline, whose rotation this is, seen along the line from the camera to the face.
public struct HeadTurn: Hashable, Sendable, Codable {
    /// Turn to the side, −90…90: positive towards the right border of the picture.
    public let yaw: Double
    /// Nod, −180…180: positive upwards.
    public let pitch: Double
    /// Tilt in the picture's plane, −180…180: clockwise as seen.
    public let roll: Double

    public init(yaw: Double, pitch: Double, roll: Double) { (self.yaw, self.pitch, self.roll) = (yaw, pitch, roll) }

    /// - Parameter rotation: as ``FacePlacement/rotation``.
    init(_ rotation: Matrix3) {
        self.init(
            yaw: asin(max(-1, min(1, -rotation[2, 0]))).degrees,
            pitch: -atan2(rotation[2, 1], rotation[2, 2]).degrees,
            roll: -atan2(rotation[1, 0], rotation[0, 0]).degrees)
    }
}

extension Double {
    /// Radians in degrees.
    var degrees: Double { self * 180 / .pi }
}
