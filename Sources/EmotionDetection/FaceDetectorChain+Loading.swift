import FaceDetection
import ModelWeights
import TensorEngine

extension FaceDetectorChain {
    /// Loads both detectors that `configuration` names.
    init(_ configuration: EmotionDetector.Configuration, workers: WorkerPool) throws(EmotionDetectorError) {
        let mtcnn: MTCNN
        let cascade: HaarCascade
        do {
            let path = configuration.faceDetectorWeights ?? BundledModel.mtcnn.path
            mtcnn = try MTCNN(
                contentsOf: path, configuration: configuration.faceDetector, workers: workers,
                kernels: configuration.kernels)
        } catch {
            throw .faceDetectorWeights(error)
        }
        do {
            let path = configuration.cascadeWeights ?? BundledModel.haarCascade.path
            cascade = try HaarCascade(contentsOf: path, configuration: configuration.cascade, workers: workers)
        } catch {
            throw .cascadeWeights(error)
        }
        self.init(mtcnn: mtcnn, cascade: cascade, configuration: configuration.search)
    }
}
