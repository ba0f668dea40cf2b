#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What the tests read of `Weights/manifest.json`.
struct Manifest: Decodable {
    struct Model: Decodable {
        let name: String
        let version: String
        let file: String
        let bytes: Int
        let sha256: String
        let payloadSHA256: String
        let modelCard: String

        enum CodingKeys: String, CodingKey {
            case name, version, file, bytes, sha256
            case payloadSHA256 = "payload_sha256"
            case modelCard = "model_card"
        }
    }

    let models: [Model]

    /// The checkout's `Weights` folder.
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../Weights")

    static func ofThisPackage() throws -> Manifest {
        try JSONDecoder().decode(
            Manifest.self, from: Data(contentsOf: folder.appending(path: "manifest.json")))
    }
}
