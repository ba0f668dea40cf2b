import EmotionDetection
import Foundation
import ImageCodecs

/// Measures which way of cutting faces out keeps the classifier's accuracy best: `face-crops FOLDER [COUNT]`.
///
/// FOLDER holds `<emotion>/*.png` of cropped faces, such as FER2013's public test pictures. Each is enlarged, turned, and
/// laid on a larger canvas of noise, where the detectors have to find it again. Prints the table of `Docs/FaceCrops.md`.
@main
enum FaceCrops {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count > 1, let count = arguments.count > 2 ? Int(arguments[2]) : 300, count > 0 else {
            print("usage: face-crops FOLDER [COUNT]")
            exit(2)
        }
        let faces = try LabeledFace.load(from: arguments[1], count: count)
        let detector = try EmotionDetector()
        var table = CropTable(variants: CropVariant.all)
        for roll in CropScene.rolls {
            for (index, face) in faces.enumerated() {
                let scene = CropScene(face.image, roll: index.isMultiple(of: 2) ? roll : -roll, seed: UInt64(index))
                try table.add(scene, label: face.label, roll: roll, with: detector)
            }
            FileHandle.standardError.write(Data("\(faces.count) faces turned by \(Int(roll))° done\n".utf8))
        }
        table.lines.forEach { print($0) }
    }
}
