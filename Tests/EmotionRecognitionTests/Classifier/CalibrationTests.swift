import EmotionRecognition
import TensorEngine
import TestSupport
import Testing

@Suite struct CalibrationTests {
    /// One temperature for all answers, and one for each.
    @Test(arguments: ["one", "each"]) func everyProbabilityIsPyTorchs(_ name: String) throws {
        let reference = try ReferenceTensors("calibration.safetensors")
        let values = try reference.attribute(name + ".temperatures").split(separator: ",").map {
            try #require(Float($0))
        }
        let calibration = Calibration(temperatures: values.count == 1 ? .init(repeating: values[0], count: 7) : values)
        let logits = try reference.tensor("logits")
        let probabilities = calibration.probabilities(ofLogits: logits)
        let comparison = TensorComparison(probabilities, try reference.tensor(name), relative: 1e-5, absolute: 1e-7)
        print("calibration \(name): \(comparison)")
        #expect(comparison.isClose, "\(comparison)")
    }

    @Test func sumsToOneAndKeepsEveryOrder() {
        let calibration = Calibration(temperatures: [0.3, 0.8, 1, 1.2, 2, 5, 8])
        let logits = Tensor.random([500, 7], in: -6...6, seed: 41)
        let probabilities = calibration.probabilities(ofLogits: logits)
        #expect(probabilities.shape == logits.shape)
        for start in stride(from: 0, to: 3500, by: 7) {
            let row = Array(probabilities.scalars[start..<start + 7])
            let given = Array(logits.scalars[start..<start + 7])
            #expect(abs(row.reduce(0, +) - 1) < 1e-5)
            let order = row.indices.sorted { given[$0] < given[$1] }
            #expect(zip(order, order.dropFirst()).allSatisfy { row[$0] <= row[$1] })
            #expect(row.firstIndex(of: row.max() ?? 0) == given.firstIndex(of: given.max() ?? 0))
        }
    }

    @Test func theFirstOfEqualLogitsIsTheAnswer() {
        let tied = Tensor([0, 2, 2], shape: [1, 3])
        let probabilities = Calibration(temperatures: [9, 1, 4]).probabilities(ofLogits: tied)
        #expect(probabilities.scalars == tied.softmax(temperature: 1).scalars)
    }
}
