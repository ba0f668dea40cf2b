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
