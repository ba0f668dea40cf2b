import EmotionRecognition
import FaceDetection
import ModelWeights
import WeightFile

/// From a file name to a network that is ready: mapping, digest, expansion, folding, packing.
enum LoadingSuite {
    static func measure(in run: inout BenchmarkRun) throws(WeightError) {
        let (classifier, detector) = (BundledModel.efficientNetB2.path, BundledModel.mtcnn.path)
        _ = (try EmotionClassifier(contentsOf: classifier), try MTCNN(contentsOf: detector))
        run.time("load/open-and-verify-classifier", group: "loading") { _ = try? WeightReader(contentsOf: classifier) }
        run.time("load/classifier", group: "loading") { _ = try? EmotionClassifier(contentsOf: classifier) }
        run.time("load/mtcnn", group: "loading") { _ = try? MTCNN(contentsOf: detector) }
    }
}
