import NetworkPlanning
import FaceDetection
import ModelWeights
import TensorEngine
import WeightFile

extension FaceDetectorChain {
    /// Loads both detectors that `configuration` names.
    init(_ configuration: EmotionDetector.Configuration, workers: WorkerPool) throws(EmotionDetectorError) {
        let (mtcnn, cascade) = workers.both {
            Result { () throws(EmotionDetectorError) in try Self.mtcnn(configuration, workers: workers) }
        } _: {
            Result { () throws(EmotionDetectorError) in try Self.cascade(configuration, workers: workers) }
        }
        self.init(mtcnn: try mtcnn.get(), cascade: try cascade.get(), configuration: configuration.search)
    }

    private static func mtcnn(
        _ configuration: EmotionDetector.Configuration, workers: WorkerPool
    ) throws(EmotionDetectorError) -> MTCNN {
        let path = try configuration.located(configuration.faceDetectorWeights, .mtcnn)
        do throws(WeightError) {
            return try MTCNN(
                contentsOf: path,
                configuration: configuration.faceDetector, workers: workers, kernels: configuration.kernels)
        } catch {
            throw .faceDetectorWeights(error)
        }
    }

    private static func cascade(
        _ configuration: EmotionDetector.Configuration, workers: WorkerPool
    ) throws(EmotionDetectorError) -> HaarCascade {
        let path = try configuration.located(configuration.cascadeWeights, .haarCascade)
        do throws(CascadeError) {
            return try HaarCascade(
                contentsOf: path,
                configuration: configuration.cascade, workers: workers)
        } catch {
            throw .cascadeWeights(error)
        }
    }
}
