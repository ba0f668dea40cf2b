public import HTTPTypes
import Hummingbird
import ReplyJSON

/// An error as the client is told of it: a problem document of RFC 9457 with a stable code.
public struct Problem: Error, Sendable {
    /// What programs may rely on; never renamed once published.
    public enum Code: String, Sendable, CaseIterable {
        case malformedRequest = "malformed_request"
        case malformedJSON = "malformed_json"
        case malformedMultipart = "malformed_multipart"
        case invalidParameter = "invalid_parameter"
        case unauthorized
        case hostNotAllowed = "host_not_allowed"
        case originNotAllowed = "origin_not_allowed"
        case notFound = "not_found"
        case sessionNotFound = "session_not_found"
        case methodNotAllowed = "method_not_allowed"
        case requestTimeout = "request_timeout"
        case timestampNotRising = "timestamp_not_rising"
        case sessionHasFrames = "session_has_frames"
        case sessionFull = "session_full"
        case tooManySessions = "too_many_sessions"
        case sessionChanged = "session_changed"
        case noQuestion = "no_question"
        case bodyTooLarge = "body_too_large"
        case headersTooLarge = "headers_too_large"
        case pictureTooLarge = "picture_too_large"
        case tooManyFrames = "too_many_frames"
        case unsupportedMediaType = "unsupported_media_type"
        case missingField = "missing_field"
        case invalidField = "invalid_field"
        case languageNotSupported = "language_not_supported"
        case invalidBase64 = "invalid_base64"
        case emptyPicture = "empty_picture"
        case unsupportedFormat = "unsupported_format"
        case damagedPicture = "damaged_picture"
        case truncatedPicture = "truncated_picture"
        case damagedSound = "damaged_sound"
        case soundTooLong = "sound_too_long"
        case noSpeech = "no_speech"
        case rateLimited = "rate_limited"
        case queueFull = "queue_full"
        case internalError = "internal_error"
        case storageDamaged = "storage_damaged"
        case modelUnavailable = "model_unavailable"
        case notReady = "not_ready"
        case deadlineExceeded = "deadline_exceeded"
        case storageUnavailable = "storage_unavailable"
        case shuttingDown = "shutting_down"
        case busy
        case storageFull = "storage_full"

        /// The status that goes with it.
        var status: HTTPResponse.Status {
            switch self {
            case .malformedRequest, .malformedJSON, .malformedMultipart, .invalidParameter: .badRequest
            case .unauthorized: .unauthorized
            case .hostNotAllowed, .originNotAllowed: .forbidden
            case .notFound, .sessionNotFound: .notFound
            case .methodNotAllowed: .methodNotAllowed
            case .requestTimeout: .requestTimeout
            case .timestampNotRising, .sessionHasFrames, .sessionFull, .tooManySessions, .sessionChanged, .noQuestion:
                .conflict
            case .bodyTooLarge, .pictureTooLarge, .soundTooLong: .contentTooLarge
            case .headersTooLarge: .requestHeaderFieldsTooLarge
            case .unsupportedMediaType: .unsupportedMediaType
            case .missingField, .invalidField, .languageNotSupported, .tooManyFrames, .invalidBase64, .emptyPicture,
                .unsupportedFormat, .damagedPicture, .truncatedPicture, .damagedSound, .noSpeech:
                .unprocessableContent
            case .rateLimited, .queueFull: .tooManyRequests
            case .internalError, .storageDamaged: .internalServerError
            case .modelUnavailable, .notReady, .deadlineExceeded, .storageUnavailable, .shuttingDown, .busy:
                .serviceUnavailable
            case .storageFull: .init(code: 507, reasonPhrase: "Insufficient Storage")
            }
        }

        package var statusCode: Int { status.code }

        /// Whether something is broken that whoever runs the service has to put right. What is not there yet, more requests
        /// than can be answered, and a service that starts or stops are not.
        var isFailure: Bool {
            switch self {
            case .notReady, .shuttingDown, .deadlineExceeded, .busy: false
            default: status.code >= 500
            }
        }

        /// What all problems of this code have in common, in a few words.
        var title: String { rawValue.split(separator: "_").joined(separator: " ").capitalizedFirst }
    }

    public let code: Code
    /// What was wrong with this request; no path of the machine and nothing of the sender's content but field names.
    public let detail: String
    /// The field at fault.
    public let field: String?
    public let headers: HTTPFields

    public init(_ code: Code, _ detail: String, field: String? = nil, headers: HTTPFields = [:]) {
        self.code = code
        self.detail = detail
        self.field = field
        self.headers = headers
    }

    /// As ``init(_:_:field:headers:)`` for what may be tried again.
    init(_ code: Code, _ detail: String, retryAfterSeconds seconds: Int) {
        self.init(code, detail, headers: [.retryAfter: String(seconds)])
    }

    func response(requestID: String) -> Response {
        var headers = headers
        headers[.contentType] = Self.mediaType
        return Response(
            status: code.status, headers: headers,
            body: .init(byteBuffer: ByteBuffer(bytes: document(requestID: requestID))))
    }

    static let mediaType = "application/problem+json"

    /// The document in JSON.
    func document(requestID: String) -> [UInt8] {
        var members: [JSONValue.Member] = [
            .init("type", .string("urn:swift-emotion:problem:\(code.rawValue)")), .init("title", .string(code.title)),
            .init("status", .integer(code.status.code)), .init("detail", .string(detail)),
            .init("code", .string(code.rawValue)), .init("request_id", .string(requestID)),
        ]
        if let field { members.append(.init("field", .string(field))) }
        return JSONValue.object(members).bytes
    }
}

extension String {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
