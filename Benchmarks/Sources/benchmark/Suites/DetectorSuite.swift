import FaceDetection
import Imaging
import NeuralLayers
import TensorEngine
import WeightFile

/// The face detector on a whole frame, and its layers at the sizes they have there.
enum DetectorSuite {
    /// Sides in pixels of the smallest face, those of `Benchmarks/Peers`.
    static let smallestFaces = [20, 40, 60, 80]

    static func measure(_ weights: String, on frame: Image, in run: inout BenchmarkRun) throws(WeightError) {
        for side in smallestFaces {
            let detector = try MTCNN(contentsOf: weights, configuration: MTCNN.Configuration(minimumFace: side))
            run.time(
                "mtcnn-640x480-f\(side)", group: "detector", detail: "\(detector.detect(in: frame).count) faces"
            ) { _ = detector.detect(in: frame) }
        }
        let detector = try MTCNN(contentsOf: weights, configuration: MTCNN.Configuration(minimumFace: 40))
        let proposals = detector.propose(in: frame)
        let squares = detector.refine(proposals, in: frame)
        run.time("mtcnn-f40/propose", group: "detector", detail: "\(proposals.count) boxes") {
            _ = detector.propose(in: frame)
        }
        run.time("mtcnn-f40/refine", group: "detector", detail: "\(squares.count) boxes") {
            _ = detector.refine(proposals, in: frame)
        }
        run.time("mtcnn-f40/locate", group: "detector") { _ = detector.locate(squares, in: frame) }
        measureLayers(in: &run)
    }

    typealias ConvolutionShape = (
        network: String, kernel: Int, inputs: Int, outputs: Int, batch: Int, height: Int, width: Int
    )

    /// Convolutions of the first network on the finest level for faces of 40 pixels, of the others on one batch.
    static let convolutions: [ConvolutionShape] = [
        ("pnet", 3, 3, 10, 1, 145, 193), ("pnet", 3, 10, 16, 1, 72, 96), ("pnet", 3, 16, 32, 1, 70, 94),
        ("rnet", 3, 3, 28, 16, 24, 24), ("rnet", 3, 28, 48, 16, 11, 11), ("rnet", 2, 48, 64, 16, 4, 4),
        ("onet", 3, 3, 32, 4, 48, 48), ("onet", 3, 32, 64, 4, 23, 23), ("onet", 3, 64, 64, 4, 10, 10),
        ("onet", 2, 64, 128, 4, 4, 4),
    ]

    private static func measureLayers(in run: inout BenchmarkRun) {
        for layer in convolutions {
            let input = Tensor.deterministic([layer.batch, layer.height, layer.width, layer.inputs])
            let convolution = Conv2D(
                weight: .deterministic([layer.outputs, layer.inputs, layer.kernel, layer.kernel]))
            let output = convolution(input)
            let place = "\(layer.batch)x\(layer.height)x\(layer.width)"
            run.time(
                "layer/\(layer.network)-convolution-\(layer.kernel)-\(place)-\(layer.inputs)-\(layer.outputs)",
                group: "detector layers",
                operations: 2 * Double(output.shape.count * layer.kernel * layer.kernel * layer.inputs)
            ) { _ = convolution(input) }
            let rectifier = PReLU(slope: Tensor(repeating: 0.25, shape: [layer.outputs]))
            run.time("layer/\(layer.network)-prelu-\(place)-\(layer.outputs)", group: "detector layers") {
                _ = rectifier(output)
            }
            let pool = MaxPool(kernel: layer.network == "pnet" ? 2 : 3, stride: 2, roundsUp: true)
            run.time("layer/\(layer.network)-pool-\(place)-\(layer.outputs)", group: "detector layers") {
                _ = pool(output)
            }
        }
    }
}
