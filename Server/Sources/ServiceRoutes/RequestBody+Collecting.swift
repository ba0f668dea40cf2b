import HTTPTypes
import Hummingbird
import NIOConcurrencyHelpers

/// How many bytes of bodies are held at one time, in all requests together.
final class BodyBudget: Sendable {
    private let limit: Int
    private let held = NIOLockedValueBox(0)

    init(limit: Int) { self.limit = limit }

    func reserve(_ count: Int) -> Bool {
        held.withLockedValue { held in
            guard held + count <= limit else { return false }
            held += count
            return true
        }
    }

    func release(_ count: Int) { held.withLockedValue { $0 -= count } }
}

/// A body that was read whole, or what was decoded from one; its bytes count in the budget until it is let go.
final class CollectedBody: Sendable {
    let bytes: [UInt8]
    private let held: HeldBytes

    fileprivate init(_ bytes: [UInt8], held: HeldBytes) {
        self.bytes = bytes
        self.held = held
    }
}

/// A part of the budget that is in use until this is let go.
final class HeldBytes: Sendable {
    private let count: Int
    private let budget: BodyBudget

    /// - Parameter count: reserved already.
    fileprivate init(_ count: Int, budget: BodyBudget) {
        self.count = count
        self.budget = budget
    }

    deinit { budget.release(count) }
}

/// Reads bodies within their limits.
struct BodyReader: Sendable {
    let limit: Int
    let seconds: Double
    let budget: BodyBudget

    init(_ settings: ServiceSettings) {
        limit = settings.bodyBytes
        seconds = settings.bodySeconds
        budget = BodyBudget(limit: settings.heldBytes)
    }

    /// The whole body.
    ///
    /// - Parameter most: bytes that the route takes where that is fewer than any route does.
    /// - Throws: ``Problem``: too large, too slow, cut off, or too much is held already. ``RequestGate`` closes the
    ///   connection then.
    func collect(
        _ request: Request, context: ServiceContext, atMost most: Int = .max
    ) async throws -> CollectedBody {
        let limit = min(limit, most)
        let length = request.headers[.contentLength].flatMap { Int($0) }
        if let length, length > limit { throw Self.tooLarge(limit) }
        if request.headers[.expect]?.lowercased() == "100-continue" { context.askForBody() }
        let body = try await withThrowingTaskGroup(of: CollectedBody.self) { group in
            group.addTask { try await read(request, length: length, limit: limit) }
            group.addTask {
                try await Task.sleep(for: .seconds(seconds))
                throw Problem(.requestTimeout, "The body did not come within \(Int(seconds)) s.")
            }
            defer { group.cancelAll() }
            guard let body = try await group.next() else { throw CancellationError() }
            return body
        }
        context.body.finish()
        return body
    }

    /// Counts what was decoded from a body as well, for as long as the result is held.
    ///
    /// - Throws: ``Problem`` with `busy` where too much is held already.
    func hold(_ contents: [[UInt8]]) throws(Problem) -> HeldBytes {
        guard let held = hold(byteCount: contents.reduce(0) { $0 + $1.count }) else { throw Self.busy }
        return held
    }

    /// Counts so many bytes as well for as long as the result is held; nil where too much is held already.
    func hold(byteCount: Int) -> HeldBytes? {
        budget.reserve(byteCount) ? HeldBytes(byteCount, budget: budget) : nil
    }

    private func read(_ request: Request, length: Int?, limit: Int) async throws -> CollectedBody {
        var bytes: [UInt8] = []
        var reserved = 0
        do {
            if let length { bytes.reserveCapacity(length) }
            for try await buffer in request.body {
                let count = buffer.readableBytes
                guard bytes.count + count <= limit else { throw Self.tooLarge(limit) }
                guard budget.reserve(count) else { throw Self.busy }
                reserved += count
                bytes.append(contentsOf: buffer.readableBytesView)
            }
            // The stream of a connection that broke off ends as one that is whole does.
            guard length == nil || length == bytes.count else {
                throw Problem(.malformedRequest, "The body ended before its announced length.")
            }
            return CollectedBody(bytes, held: HeldBytes(reserved, budget: budget))
        } catch {
            budget.release(reserved)
            throw error
        }
    }

    private static func tooLarge(_ limit: Int) -> Problem {
        Problem(.bodyTooLarge, "A body has at most \(limit) bytes here.")
    }

    private static var busy: Problem {
        Problem(.busy, "The service holds as many bodies as it may.", retryAfterSeconds: 1)
    }
}
