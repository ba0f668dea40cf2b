import FaceDetection
import TestSupport

/// What OpenCV's cascade finds in one picture with one set of settings, made by `Weights/Conversion/fixtures_haar.py`.
struct HaarReference: Decodable, Sendable {
    let photo: String
    let copy: PhotoCopy
    let scaleFactor: Double
    let minimumNeighbors: Int
    let minimumFace: Int
    /// 0 for no limit.
    let maximumFace: Int
    /// How many windows pass before they are grouped.
    let hits: Int
    /// x, y, width, height and count of hits, sorted.
    let groups: [[Int]]

    var name: String { "\(photo) \(copy) \(scaleFactor) \(minimumNeighbors) \(minimumFace)…\(maximumFace)" }

    var configuration: HaarCascade.Configuration {
        HaarCascade.Configuration(
            scaleFactor: scaleFactor, minimumNeighbors: minimumNeighbors, minimumFace: minimumFace,
            maximumFace: maximumFace > 0 ? maximumFace : nil)
    }

    /// The same settings without grouping.
    var ungrouped: HaarCascade.Configuration {
        var configuration = configuration
        configuration.minimumNeighbors = 0
        return configuration
    }

    static func load() throws -> [HaarReference] { try Fixture.json("haar_reference.json") }
}
