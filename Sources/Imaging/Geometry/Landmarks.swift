/// The five points of a face that MTCNN locates; left and right as seen in the picture.
public struct Landmarks: Hashable, Sendable, Codable {
    public var leftEye: Point
    public var rightEye: Point
    public var nose: Point
    public var mouthLeft: Point
    public var mouthRight: Point

    public init(leftEye: Point, rightEye: Point, nose: Point, mouthLeft: Point, mouthRight: Point) {
        self.leftEye = leftEye
        self.rightEye = rightEye
        self.nose = nose
        self.mouthLeft = mouthLeft
        self.mouthRight = mouthRight
    }

    /// In the order of facenet-pytorch's output: left eye, right eye, nose, left and right corner of the mouth.
    public var points: [Point] { [leftEye, rightEye, nose, mouthLeft, mouthRight] }

    /// The points by name in JSON, each `[x, y]`.
    enum CodingKeys: String, CodingKey {
        case leftEye = "left_eye"
        case rightEye = "right_eye"
        case nose
        case mouthLeft = "mouth_left"
        case mouthRight = "mouth_right"
    }
}
