import HTTPTypes
import Hummingbird
public import Logging
import Metrics
public import NIOCore
import NIOHTTP1
public import NIOHTTPTypes

/// Answers what is no HTTP as everything else that is refused: with a problem document and a line in the log.
///
/// Such a request never reaches a route. Hummingbird answers it with a bare 400, which is replaced here on its way out; then
/// the connection is closed, for what follows on it cannot be understood either.
public final class MalformedRequestHandler: ChannelDuplexHandler, RemovableChannelHandler {
    public typealias InboundIn = HTTPRequestPart
    public typealias OutboundIn = HTTPResponsePart
    public typealias OutboundOut = HTTPResponsePart

    private let logger: Logger
    private var failure: HTTPParserError?
    /// Whether the reply under way is one of this handler's.
    private var isRefusing = false

    public init(logger: Logger) { self.logger = logger }

    public func errorCaught(context: ChannelHandlerContext, error: any Error) {
        failure = failure ?? error as? HTTPParserError
        context.fireErrorCaught(error)
    }

    public func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(let head) where head.status == .badRequest && head.headerFields[.contentType] == nil:
            guard let failure else { return context.write(data, promise: promise) }
            isRefusing = true
            refuse(failure, context, promise)
        case .end where isRefusing:
            context.writeAndFlush(data, promise: promise)
            // Not at once: unread bytes would make the system drop the reply as well.
            let channel = context.channel
            context.eventLoop.scheduleTask(in: .seconds(2)) { channel.close(promise: nil) }
        default: context.write(data, promise: promise)
        }
    }

    private func refuse(
        _ failure: HTTPParserError, _ context: ChannelHandlerContext, _ promise: EventLoopPromise<Void>?
    ) {
        let problem = Self.problem(failure)
        let requestID = RequestID().description
        let document = problem.document(requestID: requestID)
        var headers: HTTPFields = [
            .contentType: Problem.mediaType, .contentLength: String(document.count), .connection: "close",
            SafetyHeaders.requestID: requestID, SafetyHeaders.resourcePolicy: "same-origin",
        ]
        for (name, value) in SafetyHeaders.all { headers[name] = value }
        context.write(
            wrapOutboundOut(.head(HTTPResponse(status: problem.code.status, headerFields: headers))), promise: promise)
        context.write(wrapOutboundOut(.body(ByteBuffer(bytes: document))), promise: nil)
        let status = "\(problem.code.status.code)"
        logger.info(
            "request",
            metadata: [
                "hb.request.id": "\(requestID)", "method": "OTHER", "route": "none", "status": "\(status)",
                "code": "\(problem.code.rawValue)",
            ])
        Counter(
            label: "http_requests_total", dimensions: [("method", "OTHER"), ("route", "none"), ("status", status)]
        ).increment()
    }

    private static func problem(_ failure: HTTPParserError) -> Problem {
        if case .headerOverflow = failure {
            return Problem(.headersTooLarge, "The headers are larger than this service takes.")
        }
        return Problem(.malformedRequest, "The request is not HTTP/1.1.")
    }
}
