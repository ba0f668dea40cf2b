import HTTPTypes
public import Hummingbird
import Logging
import NIOCore
import NIOHTTPTypes
import NIOConcurrencyHelpers

/// What the routes know of a request beside the request.
public struct ServiceContext: RequestContext {
    public var coreContext: CoreRequestContextStorage
    /// Whose sessions the request may see; set by ``RequestGate``.
    var owner = ""
    /// Whether the request carries a valid key, or none is needed.
    var isSignedIn = false
    /// What became of the request's body; shared by all copies of the context.
    let body = BodyProgress()
    let channel: any Channel

    public init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }

    /// Stands in the log and in problem documents.
    var requestID: String { logger[metadataKey: "hb.request.id"]?.description ?? "" }

    /// Tells a client that waits for it (`Expect: 100-continue`) to send the body; one that is refused is spared that.
    func askForBody() {
        channel.writeAndFlush(HTTPResponsePart.head(HTTPResponse(status: .continue)), promise: nil)
    }

    /// Closes the connection soon: its client goes on sending what nobody will read.
    func closeSoon() {
        let channel = channel
        channel.eventLoop.scheduleTask(in: .seconds(2)) { channel.close(promise: nil) }
    }
}

/// Whether a request's body was read to its end.
final class BodyProgress: Sendable {
    private let state = NIOLockedValueBox(false)

    var isRead: Bool { state.withLockedValue { $0 } }

    func finish() { state.withLockedValue { $0 = true } }
}
