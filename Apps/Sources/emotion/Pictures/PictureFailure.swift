import ConsoleOutput
import EmotionDetection
import FaceMesh
import FileNames
import ForeignPictures
import ImageCodecs

/// Why one picture could not be analysed: a code for programs, a message for people, which does not name the picture.
struct PictureFailure: Error {
    let code: String
    let message: String
    /// Whether every other picture would fail for the same reason.
    var concernsAll = false

    private init(code: String, message: String) {
        self.code = code
        self.message = message
    }

    init(_ error: ImageDecodingError) {
        let message =
            switch error {
            case .unreadableFile(_, let code): SystemReason.words(code)
            case .unrecognizedFormat:
                "not a picture of a format that is known; JPEG and PNG are read, and others through ffmpeg"
            case .truncated(let format, _): "the \(format.rawValue) file is cut off; copy or download it again"
            case .damagedData(let format, _), .malformed(let format, _, _):
                "the \(format.rawValue) file is damaged; copy or download it again"
            case .tooManyPixels(let width, let height, let limit):
                "\(width)×\(height) pixels, and at most \(Self.megapixels(limit)) megapixels are read"
                    + "; make it smaller, or allow more with --max-megapixels"
            case .sideTooLong(let width, let height, let limit):
                "\(width)×\(height) pixels, and at most \(limit) a side are read; make it smaller"
            default: "\(error)"
            }
        self.init(code: error.code, message: message)
    }

    /// - Parameter remedy: what helps where the file is too long.
    init(_ failure: FileBytes.Failure, remedy: String = "") {
        let code =
            switch failure {
            case .system: "unreadable_file"
            case .folder, .notAFile, .notAFolder: "not_a_regular_file"
            case .tooLong: "limit_exceeded"
            }
        self.init(code: code, message: failure.reason + (code == "limit_exceeded" ? remedy : ""))
    }

    /// - Parameter path: the picture's.
    init(_ error: ForeignPictureError, path: String) {
        if case .limit(let error) = error {
            self.init(error)
            return
        }
        let code =
            switch error {
            case .damaged: "damaged_picture"
            case .limit(let error): error.code
            case .late: "timed_out"
            case .noTemporaryFile: "unreadable_file"
            case .unreadable: "unsupported_format"
            }
        self.init(code: code, message: error.reason(for: path))
    }

    /// The marked picture could not be encoded.
    init(_ error: ImageEncodingError) { self.init(code: "overlay", message: "its overlay: \(error)") }

    /// The marked picture could not be written.
    init(_ error: OutputError) { self.init(code: "overlay", message: "its overlay \(error)") }

    /// A face that was cut out could not be written.
    init(crop reason: String) { self.init(code: "crop", message: "a face of it: \(reason)") }

    init(_ error: EmotionDetectorError) {
        self.init(code: "weights", message: "\(error)")
        concernsAll = true
    }

    init(_ error: FaceMesherError) {
        self.init(code: "weights", message: "\(error)")
        concernsAll = true
    }

    private static func megapixels(_ pixels: Int) -> String {
        FixedDecimal.text(Double(pixels) / 1e6, digits: 1) ?? "\(pixels / 1_000_000)"
    }

    /// A folder in which no picture was found.
    static let emptyFolder = PictureFailure(code: "no_pictures", message: "no picture in this folder")

    /// A link of a folder whose file is gone.
    static let deadLink = PictureFailure(code: "unreadable_file", message: "the link leads to no file")

    /// A list without a single path.
    static let emptyList = PictureFailure(code: "no_pictures", message: "the list names no picture")

    /// A picture behind an @.
    static let pictureAsList = PictureFailure(
        code: "no_pictures", message: "it is a picture, not a list of pictures; leave out the @")

    /// Nothing can come from a keyboard.
    static let terminal = PictureFailure(
        code: "unreadable_file", message: "standard input is a terminal; send a picture's bytes to it")
}
