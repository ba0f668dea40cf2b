import CEmotion
import EmotionDetection
import ImageCodecs

/// Why a call failed: its number for programs, its sentence for people.
struct Failure: Error {
    let status: emotion_status
    let message: String

    private init(_ status: Int, _ message: String) {
        self.status = emotion_status(status)
        self.message = message
    }

    /// An argument makes no sense.
    static func argument(_ message: String) -> Failure { Failure(EMOTION_ERROR_ARGUMENT, message) }

    /// More than is taken at once.
    static func limit(_ message: String) -> Failure { Failure(EMOTION_ERROR_LIMIT, message) }

    init(_ error: EmotionDetectorError) { self.init(EMOTION_ERROR_WEIGHTS, "\(error)") }

    init(_ error: WeightError) { self.init(EMOTION_ERROR_WEIGHTS, "face detector weights: \(error)") }

    init(_ error: ImageLayoutError) { self.init(EMOTION_ERROR_ARGUMENT, "\(error)") }

    init(_ error: ImageDecodingError) {
        let status =
            switch error {
            case .unreadableFile, .notARegularFile: EMOTION_ERROR_FILE
            case .tooManyBytes, .sideTooLong, .tooManyPixels, .tooManyScans: EMOTION_ERROR_LIMIT
            case .unsupportedFormat, .unrecognizedFormat, .unsupportedFeature: EMOTION_ERROR_FORMAT
            case .empty, .noPixels, .truncated, .malformed, .damagedData: EMOTION_ERROR_DAMAGED
            }
        self.init(status, "\(error)")
    }

    init(_ error: VideoEmotionError) {
        switch error {
        case .detector(let error): self.init(error)
        case .timestampNotRising: self.init(EMOTION_ERROR_TIME, "\(error)")
        }
    }
}

/// Does what a function is for, and says how it went: by the status and, where the caller asks for it, in `report`.
func outcome(
    _ report: UnsafeMutablePointer<emotion_error>?, _ body: () throws(Failure) -> Void
) -> emotion_status {
    if let report, !isWhole(report) { return emotion_status(EMOTION_ERROR_ARGUMENT) }
    do throws(Failure) {
        try body()
        report?.write(emotion_status(EMOTION_OK), "")
        return emotion_status(EMOTION_OK)
    } catch {
        report?.write(error.status, error.message)
        return error.status
    }
}

extension UnsafeMutablePointer<emotion_error> {
    /// Keeps `struct_size`, which is the caller's.
    fileprivate func write(_ status: emotion_status, _ message: String) {
        pointee.code = status
        withUnsafeMutableBytes(of: &pointee.message) { target in
            target.initializeMemory(as: UInt8.self, repeating: 0)
            var room = target.count - 1
            for character in message {
                let bytes = character.utf8
                guard bytes.count <= room else { break }
                let begin = target.count - 1 - room
                for (offset, byte) in bytes.enumerated() { target[begin + offset] = byte }
                room -= bytes.count
            }
        }
    }
}
