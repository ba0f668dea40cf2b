import EmotionDetection
import Foundation
import ImageCodecs

/// A cropped face and the expression that people saw in it.
struct LabeledFace {
    let image: Image
    let label: Emotion

    /// `count` pictures of `folder`'s sub-folders, spread evenly over all of them in the order of their names.
    static func load(from folder: String, count: Int) throws -> [LabeledFace] {
        var files: [(name: String, path: String, label: Emotion)] = []
        for label in Emotion.allCases {
            let directory = folder + "/" + label.rawValue
            for name in try FileManager.default.contentsOfDirectory(atPath: directory) where name.hasSuffix(".png") {
                files.append((name, directory + "/" + name, label))
            }
        }
        files.sort { $0.name < $1.name }
        let step = max(files.count / count, 1)
        return try stride(from: 0, to: files.count, by: step).prefix(count).map { index in
            LabeledFace(image: try ImageDecoder.decode(contentsOf: files[index].path), label: files[index].label)
        }
    }
}
