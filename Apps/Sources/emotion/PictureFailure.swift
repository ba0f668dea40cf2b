import EmotionDetection
import ImageCodecs

/// Why one picture could not be analysed: a code for programs, a message for people.
struct PictureFailure: Error {
    let code: String
    let message: String

    init(_ error: ImageDecodingError) {
        code = error.code
        message = "\(error)"
    }

    /// What went wrong in encoding the marked picture for `path`.
    init(_ error: ImageEncodingError, path: String) {
        code = "overlay"
        let text = "\(error)"
        message = text.hasPrefix(path) ? text : "\(path): \(text)"
    }

    /// The marked picture could not be written.
    init(_ error: OutputError) {
        code = "overlay"
        message = "\(error)"
    }

    init(_ error: EmotionDetectorError) {
        code = "weights"
        message = "\(error)"
    }
}
