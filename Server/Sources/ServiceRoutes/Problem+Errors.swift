import EmotionDetection
import Hummingbird
import ImageCodecs
import InferenceQueue
import InterviewAnalysis
import PracticeSessions
import SessionStore
import VoiceAnalysis
import VoiceEmotion
import VoiceQueue

extension Problem {
    /// What the client is told of an error of any layer; what is no fault of the request says no more than its kind.
    init(_ error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case let error as InferenceError: self.init(error)
        case let error as VoiceQueueError: self.init(error)
        case let error as SessionStoreError: self.init(error)
        case let error as PracticeError: self.init(error)
        case let error as FusionError: self.init(.invalidField, "\(error)")
        case let error as AnalyzerError: self.init(.invalidField, "\(error)")
        case let error as EmotionDetectorError: self = .unavailableModel(error)
        case let error as HTTPError: self.init(error)
        case is CancellationError: self.init(.shuttingDown, "The service is shutting down.", retryAfterSeconds: 5)
        default: self.init(.internalError, "The service failed; its log has the request's id.")
        }
    }

    private init(_ error: InferenceError) {
        switch error {
        case .picture(let error): self.init(error)
        case .queueFull:
            self.init(.queueFull, "As many pictures wait as may; try again later.", retryAfterSeconds: 1)
        case .deadlineExceeded:
            self.init(.deadlineExceeded, "The picture was not looked at in time.", retryAfterSeconds: 2)
        case .modelUnavailable(let error): self = .unavailableModel(error)
        case .closed: self.init(.shuttingDown, "The service is shutting down.", retryAfterSeconds: 5)
        }
    }

    private init(_ error: VoiceQueueError) {
        switch error {
        case .sound(.tooLong(_, let limit)):
            self.init(.soundTooLong, "A recording has at most \(Int(limit)) s.", field: "audio")
        case .sound(let error): self.init(.damagedSound, "It cannot be read: \(error).", field: "audio")
        case .unreadable:
            self.init(
                .unsupportedFormat, "The recording is damaged or in no format that is read here: send WAV.",
                field: "audio")
        case .noSpeech: self.init(.noSpeech, "Nobody speaks in the recording.", field: "audio")
        case .queueFull:
            self.init(.queueFull, "As many recordings wait as may; try again later.", retryAfterSeconds: 2)
        case .deadlineExceeded:
            self.init(.deadlineExceeded, "The recording was not listened to in time.", retryAfterSeconds: 5)
        case .busy:
            self.init(
                .busy, "The service holds as many bodies and recordings as it may.", retryAfterSeconds: 2)
        case .modelUnavailable(let error):
            let reason =
                switch error {
                case .weights: "its weights are damaged or of another network"
                case .missingWeights(let file, _): "the file \(file) is missing"
                }
            self.init(.modelUnavailable, "The voice model cannot be loaded: \(reason).", retryAfterSeconds: 30)
        }
    }

    /// The paths of the weight files are for the log, not for the client.
    private static func unavailableModel(_ error: EmotionDetectorError) -> Problem {
        let whose =
            switch error {
            case .emotionWeights: "the emotion network's weights are missing, damaged or of another network"
            case .faceDetectorWeights: "the face detector's weights are missing, damaged or of another network"
            case .cascadeWeights: "the cascade's file is missing, damaged or no cascade"
            case .meshWeights: "the face mesh's weights are damaged or of another network"
            case .missingWeights(let file, _): "the file \(file) is missing"
            }
        return Problem(.modelUnavailable, "The facial model cannot be loaded: \(whose).", retryAfterSeconds: 30)
    }

    private init(_ error: ImageDecodingError) {
        switch error {
        case .empty: self.init(.emptyPicture, "\(error)", field: "image")
        case .tooManyBytes, .sideTooLong, .tooManyPixels, .tooManyScans:
            self.init(.pictureTooLarge, "\(error)", field: "image")
        case .unsupportedFormat, .unrecognizedFormat, .unsupportedFeature:
            self.init(.unsupportedFormat, "\(error)", field: "image")
        case .noPixels, .malformed, .damagedData: self.init(.damagedPicture, "\(error)", field: "image")
        case .truncated: self.init(.truncatedPicture, "\(error)", field: "image")
        case .unreadableFile, .notARegularFile: self.init(.internalError, "The picture could not be read.")
        }
    }

    private init(_ error: SessionStoreError) {
        switch error {
        case .noSuchSession: self.init(.sessionNotFound, "There is no such session.")
        case .tooManySessions(let limit):
            self.init(.tooManySessions, "There are \(limit) sessions, as many as may be; delete some.")
        case .changed: self = .changedSession
        case .full: self.init(.storageFull, "The disk is full; nothing of the request was stored.")
        case .unavailable:
            // Nor is that certain: a connection may break off while the server stores what it was sent.
            self.init(
                .storageUnavailable, "The sessions cannot be reached now; the request may not have been stored.",
                retryAfterSeconds: 2)
        case .unusable:
            self.init(.storageDamaged, "The stored sessions cannot be used; the service's log says why.")
        }
    }

    private init(_ error: PracticeError) {
        switch error {
        case .timestampNotRising(let previous, let given):
            self.init(
                .timestampNotRising, "A frame at \(given) s after one at \(previous) s: times must rise.",
                field: "timestamp")
        case .hasFrames: self.init(.sessionHasFrames, "A resting face is captured before the first frame.")
        case .sessionFull(let limit): self.init(.sessionFull, "A session has at most \(limit) frames.")
        case .tooManyQuestions(let limit): self.init(.sessionFull, "A session has at most \(limit) questions.")
        case .noQuestion:
            self.init(.noQuestion, "There is no question whose answer could be given again.", field: "redo")
        case .changed: self = .changedSession
        case .lostFrame: self.init(.internalError, "The service failed; its log has the request's id.")
        }
    }

    private static var changedSession: Problem {
        Problem(.sessionChanged, "Others added to the session at the same time; try again.")
    }

    private init(_ error: HTTPError) {
        switch error.status {
        case .notFound: self.init(.notFound, "There is nothing at this address.")
        case .contentTooLarge: self.init(.bodyTooLarge, "The body is larger than this service takes.")
        default: self.init(.malformedRequest, "The request cannot be understood.")
        }
    }
}
