import Foundation

/// The folder `shared` beside the package: photographs and data sets that are too large to be part of it.
public enum SharedData {
    /// The path of `name` in that folder; nil, with a printed reason, where it is absent.
    public static func path(_ name: String) -> String? {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let path = root.appendingPathComponent("../shared/\(name)").standardizedFileURL.path
        guard FileManager.default.fileExists(atPath: path) else {
            print("skipped: ../shared/\(name) is absent")
            return nil
        }
        return path
    }
}
