public import WeightFile

/// What a weight file says about itself.
public struct ModelDescription: Hashable, Sendable {
    /// Where the file lies.
    public let path: String
    /// The model's name, such as `efficientnet_b2_fer2013`.
    public let name: String
    public let version: String
    /// SHA-256 of the tensors, lower-case hexadecimal; verified when the file was opened.
    public let sha256: String
    /// Everything the file's header says: architecture, input, labels, licence, training data and the like.
    public let metadata: [String: String]

    /// Opens the file at `path`, which verifies its structure and its digest.
    ///
    /// - Throws: what is wrong with the file, as `WeightError` says it.
    public init(contentsOf path: String) throws(WeightError) {
        try self.init(WeightReader(contentsOf: path))
    }

    /// The description of an open file.
    ///
    /// - Throws: `WeightError.missingMetadata` where the file does not name itself.
    init(_ file: WeightReader) throws(WeightError) {
        path = file.path
        name = try file.value("name")
        version = try file.value("version")
        sha256 = try file.value("sha256")
        metadata = file.metadata
    }
}
