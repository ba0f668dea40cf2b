import NeuralLayers
import TensorEngine
import WeightFile

/// Small networks on ``VoiceStatistics``: one pair for a speaker of whom nothing is known, one for windows beside what the speaker
/// usually sounds like.
struct StatisticsNetworks: Sendable {
    private let alone: [Member]
    private let known: [Member]

    private static let members = 2
    private static let hidden = 128

    init(from scope: WeightScope) throws(WeightError) {
        alone = try Self.members(from: scope.child("alone"))
        known = try Self.members(from: scope.child("known"))
    }

    /// The mean logits of each window.
    ///
    /// - Parameters:
    ///   - statistics: of each window.
    ///   - usual: their mean over the recording; nil where nothing is known of the speaker.
    /// - Returns: `[N, 7]`, row by row.
    func logits(_ statistics: [[Double]], usual: [Double]?) -> [Float] {
        let rows = statistics.map { values in
            usual.map { zip(values, $0).map { $0 - $1 } } ?? VoiceStatistics.alone(values)
        }
        let members = usual == nil ? alone : known
        let answers = members.map { $0.logits(rows) }
        return answers[0].indices.map { index in answers.reduce(0) { $0 + $1[index] } / Float(answers.count) }
    }

    private static func members(from scope: WeightScope) throws(WeightError) -> [Member] {
        var result: [Member] = []
        for index in 0..<members { result.append(try Member(from: scope.child("\(index)"))) }
        return result
    }

    private struct Member: Sendable {
        /// Of the statistics, over the clips that were trained on.
        let mean: [Float]
        let deviation: [Float]
        let layers: [Linear]

        /// How many deviations count at most.
        private static let farthest: Float = 6

        init(from scope: WeightScope) throws(WeightError) {
            let count = VoiceStatistics.count
            mean = try scope.tensor("mean", shape: [count]).scalars
            deviation = try scope.tensor("deviation", shape: [count]).scalars
            layers = [
                try Linear(
                    from: scope.child("first"), inputFeatures: count, outputFeatures: hidden, activation: .reLU),
                try Linear(
                    from: scope.child("second"), inputFeatures: hidden, outputFeatures: hidden, activation: .reLU),
                try Linear(
                    from: scope.child("third"), inputFeatures: hidden, outputFeatures: VoiceLayers.classes),
            ]
        }

        func logits(_ rows: [[Double]]) -> [Float] {
            let input = Tensor(shape: [rows.count, VoiceStatistics.count]) {
                (target: UnsafeMutableBufferPointer<Float>) in
                for (row, values) in rows.enumerated() {
                    for (index, value) in values.enumerated() {
                        let distance = (Float(value) - mean[index]) / deviation[index]
                        target[row * values.count + index] = min(max(distance, -Self.farthest), Self.farthest)
                    }
                }
            }
            return layers.reduce(input) { $1($0) }.scalars
        }
    }
}
