import Foundation

/// Reference data that lies in the folder `Fixtures` beside a test's source.
public enum Fixture {
    /// The path of `name` in `Fixtures`.
    public static func path(_ name: String, beside file: String = #filePath) -> String {
        URL(fileURLWithPath: file).deletingLastPathComponent().appendingPathComponent("Fixtures/\(name)").path
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
