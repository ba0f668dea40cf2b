import EmotionRecognition
import ImageCodecs
import ModelWeights
import NetworkPlanning
import TensorEngine
import X86Kernels

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Whether the planned network gives the answers of the layers it was planned from, on real pictures and every path that
/// this machine can take.
struct PathAgreement {
    /// Holds PNG and JPEG files, in folders of any depth.
    let folder: String
    /// Pictures at most, spread evenly over all of them in the order of their paths.
    let limit: Int?

    /// One path, and how it differs from the layers.
    private struct Rival {
        let path: KernelPath
        let classifier: EmotionClassifier
        var differentAnswers = 0
        var worst: Float = 0

        init(_ layers: LayeredClassifier, _ path: KernelPath) {
            classifier = EmotionClassifier(layers, workers: .shared, path: path)
            // Where compiled kernels may not be executed the plan is a portable one.
            self.path = classifier.network.path
        }

        mutating func compare(_ input: Tensor, with expected: [Float]) {
            let found = PathAgreement.probabilities(classifier.logits(for: input), classifier.specification)
            if PathAgreement.answer(found) != PathAgreement.answer(expected) { differentAnswers += 1 }
            for (one, other) in zip(found, expected) {
                let difference = abs(one - other)
                // Written so that what is not a number counts as worst.
                if !(difference <= worst) { worst = difference }
            }
        }
    }

    /// Prints the differences of each path; false where any picture's answer differs, or where there is no picture.
    func run() throws -> Bool {
        let files = try pictures()
        guard !files.isEmpty else {
            print("no PNG or JPEG files under \(folder)")
            return false
        }
        let layers = try LayeredClassifier(contentsOf: BundledModel.efficientNetB2.path)
        let targets = X86Target.supported
        var rivals = ([.portable] + targets.map(KernelPath.compiled)).map { Rival(layers, $0) }
        for file in files {
            let input = layers.specification.input(from: [try ImageDecoder.decode(contentsOf: file)])
            let expected = Self.probabilities(layers.logits(for: input), layers.specification)
            for index in rivals.indices { rivals[index].compare(input, with: expected) }
        }
        print("\(files.count) pictures, planned network against its layers")
        for rival in rivals {
            print(
                "\(rival.path.name): \(rival.differentAnswers) answers differ, worst |Δ| of a probability \(rival.worst)"
            )
        }
        return rivals.allSatisfy { $0.differentAnswers == 0 && $0.worst.isFinite }
    }

    private func pictures() throws -> [String] {
        let endings = [".png", ".jpg", ".jpeg"]
        let all = try FileManager.default.subpathsOfDirectory(atPath: folder)
            .filter { path in endings.contains { path.lowercased().hasSuffix($0) } }
            .sorted().map { folder + "/" + $0 }
        let count = min(limit ?? all.count, all.count)
        return (0..<count).map { all[$0 * all.count / count] }
    }

    private static func probabilities(_ logits: Tensor, _ specification: ModelSpecification) -> [Float] {
        specification.calibration.probabilities(ofLogits: logits).scalars
    }

    /// The first of the largest.
    private static func answer(_ probabilities: [Float]) -> Int? {
        probabilities.indices.max { probabilities[$0] < probabilities[$1] }
    }
}
