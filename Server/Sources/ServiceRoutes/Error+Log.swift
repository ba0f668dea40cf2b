import EmotionDetection
import InferenceQueue
import SessionStore
import VoiceEmotion
import VoiceQueue

extension Error {
    /// As a line of the log may hold it: what the errors of the store and the networks say names files and never contents;
    /// of any other error only its type is told.
    public var forLog: String {
        switch self as any Error {
        case let error as SessionStoreError: error.description
        case let error as EmotionDetectorError: error.description
        case InferenceError.modelUnavailable(let error): error.description
        case InferenceError.deadlineExceeded: "a picture waited too long"
        case VoiceQueueError.modelUnavailable(let error): error.description
        default: "\(type(of: self))"
        }
    }
}
