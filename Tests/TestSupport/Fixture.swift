import Foundation

/// Reference data that lies in the folder `Fixtures` of a target of tests.
public enum Fixture {
    /// The path of `name` in `Fixtures`.
    ///
    /// - Parameter file: leave it out; it is the path of the test, whose target's folder is called `…Tests`.
    public static func path(_ name: String, beside file: String = #filePath) -> String {
        var folder = URL(fileURLWithPath: file).deletingLastPathComponent()
        while !folder.lastPathComponent.hasSuffix("Tests"), folder.path != "/" { folder.deleteLastPathComponent() }
        return folder.appendingPathComponent("Fixtures/\(name)").path
    }

    /// The content of `name` in `Fixtures`.
    public static func bytes(_ name: String, beside file: String = #filePath) throws -> [UInt8] {
        try [UInt8](Data(contentsOf: URL(fileURLWithPath: path(name, beside: file))))
    }

    /// `name` in `Fixtures` as JSON.
    public static func json<Value: Decodable>(_ name: String, beside file: String = #filePath) throws -> Value {
        try JSONDecoder().decode(Value.self, from: Data(contentsOf: URL(fileURLWithPath: path(name, beside: file))))
    }
}
