import NetworkPlanning
import EmotionRecognition
public import ModelWeights
public import TensorEngine
import WeightFile

/// What the detector runs on: processor, kernels, threads and libraries; for finding out why it is slow or fails.
public struct SystemReport: Sendable {
    /// The processor at hand.
    public let processor: ProcessorDescription
    /// How many threads one detection uses, unless its detector's configuration names another number.
    public let threads: Int
    /// Which kernels compute the networks, and why those.
    public let kernelPath: String
    /// OpenBLAS: version and build options, the kernels it chose, and its own threads.
    public let matrixLibrary: (configuration: String, kernelFamily: String, threads: Int)
    /// OpenSSL's libcrypto, which verifies the weights.
    public let digestLibrary: String
    /// The bundled weight files: where each should lie.
    public let weightPaths: [String]
    /// The folders in which they were looked for, in this order.
    public let weightSearch: WeightSearch

    /// The path of the bundled network, loaded for it: only a network that was planned knows. What would be tried where
    /// there is none.
    private static var kernelPath: KernelPath {
        (try? EmotionClassifier(contentsOf: BundledModel.efficientNetB2.path))?.network.path ?? .best
    }

    /// The report on this process.
    public static var current: SystemReport {
        SystemReport(
            processor: .current, threads: WorkerPool.shared.threads,
            kernelPath: kernelPath.explanation(),
            matrixLibrary: (MatrixLibrary.configuration, MatrixLibrary.kernelFamily, MatrixLibrary.threads),
            digestLibrary: DigestLibrary.version,
            weightPaths: BundledModel.all.map(\.path), weightSearch: WeightSearch())
    }
}
