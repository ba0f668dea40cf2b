#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension RestingFaceProfile {
    /// Reads a profile that ``json()`` gave.
    ///
    /// - Throws: ``SessionError``: unreadable, no JSON of a profile, or with numbers that are no probabilities.
    public init(contentsOf path: String) throws(SessionError) {
        try self.init(json: SessionFile.read(path))
    }

    /// Reads what ``json()`` gave.
    public init(json: [UInt8]) throws(SessionError) {
        do {
            self = try JSONDecoder().decode(RestingFaceProfile.self, from: Data(json))
        } catch {
            throw .malformedProfile(reason: SessionError.reason(for: error))
        }
        do { try resting.checkProbabilities() } catch {
            throw .impossible(field: "resting" + error.key, reason: error.description)
        }
    }

    /// The profile as a line of JSON.
    public func json() throws(SessionError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        do { return try [UInt8](encoder.encode(self)) + [UInt8(ascii: "\n")] } catch {
            throw .malformed(reason: SessionError.reason(for: error))
        }
    }
}
