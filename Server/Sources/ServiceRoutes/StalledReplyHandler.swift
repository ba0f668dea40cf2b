public import NIOCore
public import NIOHTTPTypes

/// Closes a connection whose client asks and does not read what it is answered.
///
/// Hummingbird closes connections that are idle, but not one of which a request was read whose reply is still under way:
/// clients that never read would keep their connections, and all others out, for ever.
public final class StalledReplyHandler: ChannelOutboundHandler, RemovableChannelHandler {
    public typealias OutboundIn = HTTPResponsePart
    public typealias OutboundOut = HTTPResponsePart

    /// Of a large reply each piece counts by itself, so that a client which reads slowly is not taken for one that stands still.
    private static let piece = 64 << 10

    private let patience: TimeAmount
    /// Writes that the system has not taken yet.
    private var pending = 0
    private var lastMove = NIODeadline.now()
    private var check: Scheduled<Void>?

    /// - Parameter patience: the longest time in which nothing of a reply is taken.
    public init(patience: TimeAmount) { self.patience = patience }

    public func handlerRemoved(context: ChannelHandlerContext) { check?.cancel() }

    public func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard case .body(var rest) = unwrapOutboundIn(data) else { return pass(data, context, promise) }
        while rest.readableBytes > Self.piece, let piece = rest.readSlice(length: Self.piece) {
            pass(wrapOutboundOut(.body(piece)), context, nil)
        }
        pass(wrapOutboundOut(.body(rest)), context, promise)
    }

    private func pass(_ data: NIOAny, _ context: ChannelHandlerContext, _ promise: EventLoopPromise<Void>?) {
        if pending == 0 { lastMove = .now() }
        pending += 1
        let taken = context.eventLoop.makePromise(of: Void.self)
        taken.futureResult.assumeIsolated().whenComplete { _ in
            self.pending -= 1
            self.lastMove = .now()
        }
        taken.futureResult.cascade(to: promise)
        context.write(data, promise: taken)
        if check == nil { scheduleCheck(after: patience, context) }
    }

    private func scheduleCheck(after time: TimeAmount, _ context: ChannelHandlerContext) {
        check = context.eventLoop.assumeIsolated().scheduleTask(in: time) {
            self.check = nil
            guard self.pending > 0 else { return }
            let rest = self.lastMove + self.patience - NIODeadline.now()
            if rest > .zero { self.scheduleCheck(after: rest, context) } else { context.close(promise: nil) }
        }
    }
}

@available(*, unavailable)
extension StalledReplyHandler: Sendable {}
