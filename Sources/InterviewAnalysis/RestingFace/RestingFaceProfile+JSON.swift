#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension RestingFaceProfile {
    /// Reads a profile that ``write(to:)`` wrote, or the `resting_face` of a session's configuration.
    ///
    /// - Throws: ``SessionError``: unreadable, no JSON of a profile, or with numbers that are no probabilities.
    public init(contentsOf path: String) throws(SessionError) {
        let bytes = try SessionFile.read(path)
        do {
            self = try JSONDecoder().decode(RestingFaceProfile.self, from: Data(bytes))
        } catch {
            throw .malformed(reason: "\(path) holds no resting-face profile")
        }
        do { try resting.checkProbabilities() } catch {
            throw .impossible(field: "resting" + error.key, reason: error.description)
        }
    }

    /// Writes the profile as a line of JSON; a file of that name is replaced at once or stays as it was.
    public func write(to path: String) throws(SessionError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let bytes: [UInt8]
        do { bytes = try [UInt8](encoder.encode(self)) } catch {
            throw .malformed(reason: SessionError.reason(for: error))
        }
        try SessionFile.write(bytes + [UInt8(ascii: "\n")], to: path)
    }
}
