import EmotionRecognition
import FaceDetection
import Imaging
import TensorEngine
import WeightFile

/// A whole video frame: detection, crop of the largest face, and its scores, as the facade does it.
struct FrameSuite {
    /// Pixels added around a face on every side, as a part of its extent.
    private static let margin = 0.1
    private let detector: MTCNN
    private let classifier: EmotionClassifier

    /// - Parameters:
    ///   - weights: the detector's file.
    ///   - minimumFace: side in pixels.
    init(_ classifier: EmotionClassifier, weights: String, minimumFace: Int) throws(WeightError) {
        self.classifier = classifier
        detector = try MTCNN(contentsOf: weights, configuration: MTCNN.Configuration(minimumFace: minimumFace))
    }

    func process(_ frame: Image) {
        guard let face = detector.detect(in: frame).first else { return }
        let box = face.imageBox
        let (dx, dy) = (box.width * Self.margin, box.height * Self.margin)
        let crop = frame.cropped(
            to: Rect(left: box.left - dx, top: box.top - dy, right: box.right + dx, bottom: box.bottom + dy))
        _ = classifier.classify([crop])
    }

    func measure(_ frame: Image, in run: inout BenchmarkRun) {
        run.time("frame-640x480-f\(detector.configuration.minimumFace)", group: "frame", detail: "one face") {
            process(frame)
        }
    }
}
