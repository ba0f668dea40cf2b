/// How the networks' answers on a drawn face compare with the stored ones.
public struct SelfTestResult: Hashable, Sendable {
    /// How many faces were found where there is one.
    public let faceCount: Int
    /// The largest distance of an edge of the box or of a landmark from the reference, in pixels.
    public let largestOffset: Double
    /// The largest difference of the face's score and of the seven probabilities.
    public let largestScoreDifference: Double

    /// Whether one face was found, within a pixel, with scores within a thousandth.
    public var passed: Bool {
        faceCount == 1 && largestOffset <= SelfTestReference.pixelTolerance
            && largestScoreDifference <= SelfTestReference.scoreTolerance
    }

    /// - Parameter faces: what was found in ``SelfTestPicture``.
    init(_ faces: [FaceEmotion]) {
        faceCount = faces.filter(\.faceDetected).count
        guard let face = faces.first(where: \.faceDetected) else {
            (largestOffset, largestScoreDifference) = (.infinity, .infinity)
            return
        }
        let reference = SelfTestReference.self
        let edges = [\Rect.left, \.top, \.right, \.bottom].map {
            abs(face.box[keyPath: $0] - reference.box[keyPath: $0])
        }
        let points = zip(face.landmarks?.points ?? [], reference.landmarks.points)
            .map { max(abs($0.x - $1.x), abs($0.y - $1.y)) }
        let differences = zip(face.scores.values, reference.scores.values).map { abs($0 - $1) }
        // A face without landmarks did not come from MTCNN, whatever its box.
        largestOffset = points.isEmpty ? .infinity : (edges + points).reduce(0, max)
        largestScoreDifference = (differences + [abs(Double(face.face.score) - reference.score)]).reduce(0, max)
    }
}

extension EmotionDetector {
    /// Runs both networks on a drawn face and compares the answers with those that facenet-pytorch and PyTorch gave.
    ///
    /// The reference belongs to the bundled weights: nil where the detector was made with others.
    public func selfTest() throws(EmotionDetectorError) -> SelfTestResult? {
        guard configuration.emotionWeights == nil, configuration.faceDetectorWeights == nil else { return nil }
        var configuration = configuration
        configuration.faceDetector = MTCNN.Configuration()
        // The reference was made with these crops, whatever the default is.
        configuration.cropping = FaceCropping(padding: 0.05, alignsByLandmarks: true)
        let (detector, picture) = (try EmotionDetector(configuration), SelfTestPicture.face)
        // MTCNN's own answer: the chain would ask for a second opinion on a drawn face.
        let faces = try detector.faceSearch.value().mtcnn.detect(in: picture)
        let scores = try detector.scores(of: faces, in: picture)
        return SelfTestResult(
            zip(faces, scores).map { FaceEmotion(face: $0, scores: $1 ?? .assumedNeutral, isUncertain: false) })
    }
}

/// What facenet-pytorch 2.6.0 and timm 1.0.29 on PyTorch answer on ``SelfTestPicture`` with the bundled weights.
///
/// - Source: printed by `Weights/Conversion/make_self_test.py`.
enum SelfTestReference {
    static let box = Rect(left: 44.587, top: 36.249, right: 117.308, bottom: 142.035)
    static let score = 0.983757
    static let landmarks = Landmarks(
        leftEye: Point(x: 64.871, y: 76.386), rightEye: Point(x: 96.612, y: 76.546),
        nose: Point(x: 80.345, y: 98.037), mouthLeft: Point(x: 63.871, y: 114.028),
        mouthRight: Point(x: 98.132, y: 113.494))
    static let scores = EmotionScores([0.037983, 0.029576, 0.601627, 0.027951, 0.071432, 0.207446, 0.023986])

    /// How far box and landmarks may lie from the reference, in pixels.
    static let pixelTolerance = 1.0
    /// How far the face's score and the seven probabilities may lie from the reference.
    static let scoreTolerance = 1e-3
}
