import HTTPTypes
import Hummingbird
import Synchronization

/// How many bytes of bodies are held at one time, in all requests together.
final class BodyBudget: Sendable {
    private let limit: Int
    private let held = Mutex(0)

    init(limit: Int) { self.limit = limit }

    func reserve(_ count: Int) -> Bool {
        held.withLock { held in
            guard held + count <= limit else { return false }
            held += count
            return true
        }
    }

    func release(_ count: Int) { held.withLock { $0 -= count } }
}

/// A body that was read whole; its bytes count in the budget until it is let go.
final class CollectedBody: Sendable {
    let bytes: [UInt8]
    private let budget: BodyBudget

    fileprivate init(_ bytes: [UInt8], budget: BodyBudget) {
        self.bytes = bytes
        self.budget = budget
    }

    deinit { budget.release(bytes.count) }
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
    /// - Throws: ``Problem``: too large, too slow, cut off, or too much is held already.
    func collect(_ request: Request, context: ServiceContext) async throws -> CollectedBody {
        let length = request.headers[.contentLength].flatMap { Int($0) }
        if let length, length > limit {
            context.closeSoon()
            throw tooLarge
        }
        if request.headers[.expect]?.lowercased() == "100-continue" { context.askForBody() }
        do {
            return try await withThrowingTaskGroup(of: CollectedBody.self) { group in
                group.addTask { try await read(request, length: length) }
                group.addTask {
                    try await Task.sleep(for: .seconds(seconds))
                    throw Problem(.requestTimeout, "The body did not come within \(Int(seconds)) s.")
                }
                defer { group.cancelAll() }
                guard let body = try await group.next() else { throw CancellationError() }
                return body
            }
        } catch let problem as Problem {
            context.closeSoon()
            throw problem
        }
    }

    private func read(_ request: Request, length: Int?) async throws -> CollectedBody {
        var bytes: [UInt8] = []
        var reserved = 0
        do {
            if let length { bytes.reserveCapacity(length) }
            for try await buffer in request.body {
                let count = buffer.readableBytes
                guard bytes.count + count <= limit else { throw tooLarge }
                guard budget.reserve(count) else {
                    throw Problem(.busy, "The service holds as many bodies as it may.", retryAfterSeconds: 1)
                }
                reserved += count
                bytes.append(contentsOf: buffer.readableBytesView)
            }
            // The stream of a connection that broke off ends as one that is whole does.
            guard length == nil || length == bytes.count else {
                throw Problem(.malformedRequest, "The body ended before its announced length.")
            }
            return CollectedBody(bytes, budget: budget)
        } catch {
            budget.release(reserved)
            throw error
        }
    }

    private var tooLarge: Problem { Problem(.bodyTooLarge, "A body has at most \(limit) bytes.") }
}
