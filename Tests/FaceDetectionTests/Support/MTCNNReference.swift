import TestSupport

/// What facenet-pytorch finds in one picture, made by `Weights/Conversion/fixtures_mtcnn.py`.
struct MTCNNReference: Decodable, Sendable {
    struct Face: Decodable, Sendable {
        /// Left, top, right, bottom.
        let box: [Double]
        let score: Float
        /// x and y of each point.
        let landmarks: [[Double]]
    }

    let photo: String
    let copy: PhotoCopy
    let width: Int
    let height: Int
    /// Of the copy's RGB bytes, hexadecimal.
    let pixelsSHA256: String
    /// Boxes given and kept by each suppression in order: every level, all levels, after the second and third network.
    let suppressions: [[Int]]
    let faces: [Face]

    enum CodingKeys: String, CodingKey {
        case photo, copy, width, height, suppressions, faces
        case pixelsSHA256 = "pixels_sha256"
    }

    var name: String { "\(photo) \(copy)" }

    static func load() throws -> [MTCNNReference] { try Fixture.json("mtcnn_reference.json") }
}
