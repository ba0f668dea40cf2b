import EmotionRecognition
import Foundation
import Imaging
import TensorEngine

/// The engine's activations for the training pipeline: `face-features WEIGHTS BLOCK < PICTURES > VALUES`.
///
/// PICTURES are of the network's input size, RGB, a byte each, one behind the other. For each it writes, in single
/// precision, the map behind the BLOCK-th block of the network (0 is the first) and the pooled features.
@main
enum FaceFeatures {
    private static let batchSize = 16

    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 3, let block = Int(arguments[2]) else {
            complain("usage: face-features WEIGHTS BLOCK < PICTURES > VALUES")
            exit(2)
        }
        let classifier = try EmotionClassifier(contentsOf: arguments[1])
        guard classifier.blocks.contains(block) else {
            complain("face-features: the blocks are \(classifier.blocks)")
            exit(2)
        }
        let size = classifier.specification.inputSize
        while case let pictures = pictures(of: size, atMost: batchSize), !pictures.isEmpty {
            let values = classifier.activations(
                after: block, for: classifier.specification.input(from: pictures))
            FileHandle.standardOutput.write(values.withUnsafeBytes { Data($0) })
        }
    }

    /// The next pictures of standard input; fewer than `count` only at its end.
    private static func pictures(of size: Size, atMost count: Int) -> [Image] {
        let bytesEach = size.area * 3
        var bytes = Data()
        while bytes.count < count * bytesEach,
            let more = try? FileHandle.standardInput.read(upToCount: count * bytesEach - bytes.count), !more.isEmpty
        {
            bytes += more
        }
        let whole = bytes.count / bytesEach
        return (0..<whole).map { index in
            Image(
                width: size.width, height: size.height,
                pixels: Array(bytes[(index * bytesEach)..<((index + 1) * bytesEach)]))
        }
    }

    private static func complain(_ message: String) {
        FileHandle.standardError.write(Data((message + "\n").utf8))
    }
}
