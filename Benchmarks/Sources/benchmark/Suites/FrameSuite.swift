import EmotionDetection

/// A whole video frame through the package's front door: detection, crops, and the scores of each face.
struct FrameSuite {
    private let detector: EmotionDetector

    /// - Parameter minimumFace: side in pixels of the smallest face looked for.
    init(minimumFace: Int) throws(EmotionDetectorError) {
        detector = try EmotionDetector(
            EmotionDetector.Configuration(faceDetector: MTCNN.Configuration(minimumFace: minimumFace)))
    }

    /// How many faces were found in `frame`.
    @discardableResult
    func process(_ frame: Image) throws(EmotionDetectorError) -> Int { try detector.detect(in: frame).faces.count }

    func measure(_ frame: Image, in run: inout BenchmarkRun) throws(EmotionDetectorError) {
        let faces = try process(frame)
        let name = "frame-640x480-f\(detector.configuration.faceDetector.minimumFace)"
        run.time(name, group: "frame", detail: "\(faces) faces") { _ = try? process(frame) }
    }
}
