import FaceDetection
import ModelWeights
import NetworkPlanning
import TensorEngine
import TestSupport
import Testing
import WeightFile

/// Each network alone on fixed input, against PyTorch; the dense layers would fail here if columns and rows were swapped.
@Suite struct MTCNNNetworkTests {
    let weights: WeightReader
    let fixture: WeightScope

    init() throws {
        weights = try WeightReader(contentsOf: BundledModel.mtcnn.path)
        fixture = try WeightReader(contentsOf: Fixture.path("mtcnn_networks.safetensors")).root
    }

    private func expectClose(_ observed: Tensor, _ name: String) throws {
        let expected = try fixture.tensor(name, shape: observed.shape)
        let comparison = TensorComparison(observed, expected, relative: 1e-4, absolute: 1e-5)
        print("\(name): \(comparison)")
        #expect(comparison.isClose, "\(name): \(comparison)")
    }

    @Test(arguments: KernelPath.usable) func theFirstNetworkAnswersAsPyTorch(on path: KernelPath) throws {
        let network = try PNet(from: weights.root.child("pnet"), path: path)
        let grid = network(try fixture.tensor("pnet.input", shape: [1, 64, 57, 3]))
        #expect(grid.logits.size == PNet.windows(in: Size(height: 64, width: 57)))
        try expectClose(grid.logits.softmax(), "pnet.probabilities")
        try expectClose(grid.shifts, "pnet.regression")
    }

    @Test(arguments: KernelPath.usable) func theSecondNetworkAnswersAsPyTorch(on path: KernelPath) throws {
        let network = try RNet(from: weights.root.child("rnet"), path: path)
        let answer = network(try fixture.tensor("rnet.input", shape: [4, 24, 24, 3]))
        try expectClose(answer.scores, "rnet.probabilities")
        try expectClose(answer.shifts, "rnet.regression")
    }

    @Test(arguments: KernelPath.usable) func theThirdNetworkAnswersAsPyTorch(on path: KernelPath) throws {
        let network = try ONet(from: weights.root.child("onet"), path: path)
        let answer = network(try fixture.tensor("onet.input", shape: [4, 48, 48, 3]))
        try expectClose(answer.scores, "onet.probabilities")
        try expectClose(answer.shifts, "onet.regression")
        try expectClose(answer.landmarks, "onet.landmarks")
    }

    /// A level is cut into bands of rows for the threads; that must not show.
    @Test(arguments: [12, 13, 30, 31], KernelPath.usable)
    func someRowsOfWindowsAnswerAsTheWholePicture(height: Int, on path: KernelPath) throws {
        let network = try PNet(from: weights.root.child("pnet"), path: path)
        let picture = Tensor.random([1, height, 17, 3], seed: 5)
        let whole = network(picture).logits
        for row in 0..<whole.size.height {
            let rows = PNet.inputRows(for: row..<(row + 1), height: height)
            let band = Tensor(
                picture.scalars[(rows.lowerBound * 17 * 3)..<(rows.upperBound * 17 * 3)], shape: [1, rows.count, 17, 3])
            let width = whole.size.width * 2
            let expected = Tensor(whole.scalars[(row * width)..<((row + 1) * width)], shape: [1, 1, width / 2, 2])
            let comparison = TensorComparison(network(band).logits, expected, relative: 1e-5, absolute: 1e-6)
            #expect(comparison.isClose, "row \(row): \(comparison)")
        }
    }

    @Test func aWeightFileWithOtherTensorsIsRefused() throws {
        #expect(throws: WeightError.self) { try MTCNN(contentsOf: BundledModel.efficientNetB2.path) }
        #expect(throws: WeightError.self) { try MTCNN(contentsOf: "no such file") }
    }
}
