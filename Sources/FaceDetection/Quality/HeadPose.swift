package import Imaging

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Which way a head is turned, estimated from its five landmarks, in degrees.
///
/// The landmarks are taken for those of one average head seen from far away: eyes and corners of the mouth in a plane,
/// the tip of the nose before it. The head first nods (pitch), then turns (yaw), then tilts (roll); in that order each
/// angle has a closed form. Where it is what it assumes, the estimate is exact; a real nose that is a fifth longer than
/// average makes yaw and pitch a fifth larger. Beyond about 45° the landmarks themselves are guesses.
public struct HeadPose: Hashable, Sendable {
    /// Tilt in the picture's plane, clockwise as seen: −180…180, 0 where the eyes are level.
    public let roll: Double
    /// Turn to the side, −90…90: positive towards the right border of the picture.
    public let yaw: Double
    /// Nod, −90…90: positive upwards. Unreliable: nothing in this package rests on it but the yaw on its cosine, which 15°
    /// change by 3 %.
    ///
    /// It comes from the height of the nose between eyes and mouth, and a smile lifts the mouth's corners: a mean of −15.2°
    /// over 28 smiling portraits and +1.7° over 16 neutral ones, all of people who look into the camera.
    public let pitch: Double

    /// The average head, in distances between the eyes.
    ///
    /// - Source: height of nose and mouth are the medians over 182 faces of web photographs turned by less than 15°, as
    ///   MTCNN located their landmarks; the nose's length from the head model (nose 135, eyes 316 units apart) of
    ///   S. Mallick, Head pose estimation using OpenCV and Dlib, learnopencv.com, 2016.
    enum Model {
        /// From the line of the eyes down to the corners of the mouth.
        static let mouthDrop = 0.95
        /// From the line of the eyes down to the tip of the nose.
        static let noseDrop = 0.49
        /// From the plane of eyes and mouth forward to the tip of the nose.
        static let noseLength = 0.43
    }

    package init(roll: Double, yaw: Double, pitch: Double) { (self.roll, self.yaw, self.pitch) = (roll, yaw, pitch) }

    /// The pose of the face with these landmarks; nil where the eyes coincide or the mouth is not below them.
    ///
    /// With e the distance between the eyes, the picture turned so that they are level, and r the height of the nose
    /// between mouth (1) and eyes (0): `tan pitch = (0.49 − 0.95 r) / 0.43`, `tan yaw = cos pitch · d / (0.43 e)`, where
    /// d is how far the nose lies beside the line from the middle of the eyes to the middle of the mouth.
    package init?(_ landmarks: Landmarks) {
        let across = landmarks.rightEye - landmarks.leftEye
        let eyeDistance = (across.x * across.x + across.y * across.y).squareRoot()
        guard eyeDistance > 0, eyeDistance.isFinite else { return nil }
        let eyes = landmarks.leftEye.middle(to: landmarks.rightEye)
        func level(_ point: Point) -> Point {
            let offset = point - eyes
            return Point(
                x: (offset.x * across.x + offset.y * across.y) / eyeDistance,
                y: (offset.y * across.x - offset.x * across.y) / eyeDistance)
        }
        let (nose, mouth) = (level(landmarks.nose), level(landmarks.mouthLeft.middle(to: landmarks.mouthRight)))
        guard mouth.y > 0 else { return nil }
        let height = nose.y / mouth.y
        let pitch = atan((Model.noseDrop - Model.mouthDrop * height) / Model.noseLength)
        let aside = nose.x - height * mouth.x
        let yaw = atan(cos(pitch) * aside / (Model.noseLength * eyeDistance))
        self.init(
            roll: Self.degrees(atan2(across.y, across.x)), yaw: Self.degrees(yaw), pitch: Self.degrees(pitch))
    }

    private static func degrees(_ radians: Double) -> Double { radians * 180 / .pi }
}

extension Point {
    fileprivate static func - (first: Point, second: Point) -> Point {
        Point(x: first.x - second.x, y: first.y - second.y)
    }

    fileprivate func middle(to other: Point) -> Point { Point(x: (x + other.x) / 2, y: (y + other.y) / 2) }
}
