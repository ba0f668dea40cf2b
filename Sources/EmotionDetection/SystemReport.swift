import ModelWeights
public import TensorEngine
import WeightFile

/// What the detector runs on: processor, kernels, threads and libraries; for finding out why it is slow or fails.
public struct SystemReport: Sendable {
    /// The processor at hand.
    public let processor: ProcessorDescription
    /// How many threads one detection uses.
    public let threads: Int
    /// Which kernels compute the networks, and why those.
    public let kernelPath: String
    /// OpenBLAS: version and build options, the kernels it chose, and its own threads.
    public let matrixLibrary: (configuration: String, kernelFamily: String, threads: Int)
    /// OpenSSL's libcrypto, which verifies the weights.
    public let digestLibrary: String
    /// The bundled weight files: where each should lie.
    public let weightPaths: [String]

    /// The report on this process.
    public static var current: SystemReport {
        SystemReport(
            processor: .current, threads: WorkerPool.shared.threads,
            kernelPath: "portable SIMD8 kernels, matrix products by OpenBLAS",
            matrixLibrary: (MatrixLibrary.configuration, MatrixLibrary.kernelFamily, MatrixLibrary.threads),
            digestLibrary: DigestLibrary.version,
            weightPaths: BundledModel.all.map(\.path))
    }
}
