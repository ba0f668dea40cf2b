import EmotionDetection
import Foundation
import ImageCodecs

/// Measures which way of cutting faces out keeps the classifier's accuracy best: `face-crops FOLDER [COUNT] [--cascade]`.
///
/// FOLDER holds `<emotion>/*.png` of cropped faces, such as FER2013's public test pictures. Each is enlarged, turned, and
/// laid on a larger canvas of noise, where the detectors have to find it again; with `--cascade` the cascade alone, whose
/// faces have no landmarks. Prints the tables of `Docs/FaceCrops.md`.
@main
enum FaceCrops {
    static func main() throws {
        let arguments = CommandLine.arguments.filter { $0 != "--cascade" }
        guard arguments.count > 1, let count = arguments.count > 2 ? Int(arguments[2]) : 300, count > 0 else {
            print("usage: face-crops FOLDER [COUNT] [--cascade]")
            exit(2)
        }
        let faces = try LabeledFace.load(from: arguments[1], count: count)
        let detector = try EmotionDetector()
        let cascade =
            arguments.count < CommandLine.arguments.count
            ? try HaarCascade(contentsOf: detector.configuration.weightPaths[2]) : nil
        var table = CropTable(variants: CropVariant.all)
        for roll in CropScene.rolls {
            for (index, face) in faces.enumerated() {
                let scene = CropScene(face.image, roll: index.isMultiple(of: 2) ? roll : -roll, seed: UInt64(index))
                let found = try cascade?.detect(in: scene.canvas) ?? detector.detectFaces(in: scene.canvas)
                try table.add(scene, faces: found, label: face.label, roll: roll, with: detector)
            }
            FileHandle.standardError.write(Data("\(faces.count) faces turned by \(Int(roll))° done\n".utf8))
        }
        table.lines.forEach { print($0) }
    }
}
