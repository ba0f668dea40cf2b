/// Five points of a face; left and right as seen in the picture.
///
/// Each point is normalised to the face's box: (0, 0) is its upper left corner and (1, 1) its lower right one. A point
/// may lie outside the box. Coordinates are kept to four decimals.
public struct FaceLandmarks: Codable, Sendable, Hashable {
    public let leftEye: Position
    public let rightEye: Position
    public let nose: Position
    public let mouthLeft: Position
    public let mouthRight: Position

    /// A place in a face's box; `[x, y]` in JSON.
    public struct Position: Codable, Sendable, Hashable {
        /// From the left border of the box (0) to its right border (1).
        public let x: Double
        /// From the upper border (0) to the lower border (1).
        public let y: Double

        /// What is no number is taken for 0, and what lies far outside is held near the box.
        public init(x: Double, y: Double) {
            func held(_ value: Double) -> Double {
                value.isNaN ? 0 : Measured.rounded(min(max(value, -Self.farthest), Self.farthest))
            }
            self.x = held(x)
            self.y = held(y)
        }

        public init(from decoder: any Decoder) throws {
            var container = try decoder.unkeyedContainer()
            x = try container.decode(Double.self)
            y = try container.decode(Double.self)
        }

        public func encode(to encoder: any Encoder) throws {
            var container = encoder.unkeyedContainer()
            try container.encode(x)
            try container.encode(y)
        }

        /// What lies farther away than this, in sides of the box, is no landmark.
        static let farthest = 10.0
    }

    public init(
        leftEye: Position, rightEye: Position, nose: Position, mouthLeft: Position, mouthRight: Position
    ) {
        self.leftEye = leftEye
        self.rightEye = rightEye
        self.nose = nose
        self.mouthLeft = mouthLeft
        self.mouthRight = mouthRight
    }

    /// In the order of the properties.
    package var points: [Position] { [leftEye, rightEye, nose, mouthLeft, mouthRight] }

    func check() throws(AnalyzerError) {
        for value in points.flatMap({ [$0.x, $0.y] }) where !(abs(value) <= Position.farthest) {
            throw .invalidMeasurement(key: "landmarks", value: value)
        }
    }

    enum CodingKeys: String, CodingKey {
        case leftEye = "left_eye"
        case rightEye = "right_eye"
        case nose
        case mouthLeft = "mouth_left"
        case mouthRight = "mouth_right"
    }
}

/// Which way a head is turned, in degrees, kept to four decimals.
public struct FacePose: Codable, Sendable, Hashable {
    /// Tilt in the picture's plane, clockwise as seen, −180…180.
    public let roll: Double
    /// Turn to the side, −180…180, positive towards the right border of the picture.
    public let yaw: Double
    /// Nod, −180…180, positive upwards.
    public let pitch: Double

    /// What is no number is taken for 0, and angles beyond a half turn for a half turn.
    public init(roll: Double, yaw: Double, pitch: Double) {
        func held(_ angle: Double) -> Double { angle.isNaN ? 0 : Measured.rounded(min(max(angle, -180), 180)) }
        self.roll = held(roll)
        self.yaw = held(yaw)
        self.pitch = held(pitch)
    }

    func check() throws(AnalyzerError) {
        for (key, angle) in [("roll", roll), ("yaw", yaw), ("pitch", pitch)] where !(abs(angle) <= 180) {
            throw .invalidMeasurement(key: "pose.\(key)", value: angle)
        }
    }
}
