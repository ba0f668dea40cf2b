import Foundation

enum FilePaths {
    /// A path in the temporary folder that nothing else uses.
    static func temporary(_ name: String) -> String {
        FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString)-\(name)").path
    }

    static func remove(_ path: String) { try? FileManager.default.removeItem(atPath: path) }
}
