import Foundation

/// Where the listings go when `make_encodings.sh` runs the tests.
enum EncodingOutput {
    static var folder: String? { ProcessInfo.processInfo.environment["ENCODINGS_FOLDER"] }

    static func write(_ text: String, to path: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    }
}
