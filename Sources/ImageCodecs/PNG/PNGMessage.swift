import CPNG

/// The message that libpng leaves in the fixed array of characters of its state.
enum PNGMessage {
    static func text(of codec: png_image) -> String {
        withUnsafeBytes(of: codec.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}
