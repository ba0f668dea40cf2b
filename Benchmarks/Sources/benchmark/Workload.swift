import EmotionRecognition
import FaceDetection
import ImageCodecs
import Imaging
import ModelWeights
import TensorEngine

/// The networks and inputs that are measured, loaded once.
struct Workload {
    let classifier: EmotionClassifier
    /// The same network layer by layer, for timing them apart.
    let layers: LayeredClassifier
    let frame: Image

    /// - Parameter framePath: a JPEG or PNG of 640×480 pixels with one face.
    init(framePath: String) throws {
        classifier = try EmotionClassifier(contentsOf: BundledModel.efficientNetB2.path)
        layers = try LayeredClassifier(contentsOf: BundledModel.efficientNetB2.path)
        frame = try ImageDecoder.decode(contentsOf: framePath)
    }

    /// The classifier's input, the same in every implementation that is compared.
    func input(batch: Int) -> Tensor {
        let size = classifier.specification.inputSize
        return .deterministic([batch, size.height, size.width, 3])
    }

    /// Logits for ``input(batch:)``, row by row, to compare with the other implementations'.
    func logits(batch: Int) -> [Float] { classifier.logits(for: input(batch: batch)).scalars }
}
