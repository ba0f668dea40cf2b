import FaceDetection
import ImageCodecs
import Imaging
import ModelWeights
import TestSupport
import Testing

/// Photographs and changed copies of them through the cascade, against OpenCV 4's `CascadeClassifier`.
@Suite(.enabled(if: TestBuild.isRelease(for: "Haar parity"))) struct HaarParityTests {
    @Test(arguments: ["astronaut.png", "one_face.jpg", "no_face.jpg", "six_faces.jpg"])
    func findsTheReferencesGroups(in photo: String) throws {
        guard let path = SharedData.path("photos/\(photo)") else { return }
        let original = try ImageDecoder.decode(contentsOf: path)
        let references = try HaarReference.load().filter { $0.photo == photo }
        #expect(references.count == PhotoCopy.allCases.count * 4)
        var groupCount = 0
        for (copy, references) in Dictionary(grouping: references, by: \.copy) {
            let image = copy(original).gray(weights: .openCV)
            for reference in references {
                let cascade = try HaarCascade(
                    contentsOf: BundledModel.haarCascade.path, configuration: reference.configuration)
                let groups = cascade.groups(in: image).map(\.numbers).sorted { $0.lexicographicallyPrecedes($1) }
                #expect(groups == reference.groups, "\(reference.name)")
                groupCount += groups.count
                let everyHit = try HaarCascade(
                    contentsOf: BundledModel.haarCascade.path, configuration: reference.ungrouped)
                #expect(everyHit.groups(in: image).count == reference.hits, "\(reference.name)")
            }
        }
        print("\(photo) and its copies: \(groupCount) groups, all with the reference's box and count of hits")
    }
}

extension CascadeGroup {
    fileprivate var numbers: [Int] { [box.x, box.y, box.width, box.height, neighbors] }
}
