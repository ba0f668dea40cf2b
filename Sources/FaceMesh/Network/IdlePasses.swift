import Synchronization

/// Passes that nobody uses, kept for the next callers: as many as were ever in use at once, up to a limit.
final class IdlePasses<Pass: Sendable>: Sendable {
    private let idle = Mutex<[Pass]>([])
    private let limit: Int
    private let make: @Sendable () -> Pass

    init(atMost limit: Int, _ make: @escaping @Sendable () -> Pass) {
        self.limit = limit
        self.make = make
    }

    /// Calls `body` with a pass that is nobody else's for the time.
    func use<Result>(_ body: (Pass) -> Result) -> Result {
        let pass = idle.withLock { $0.popLast() } ?? make()
        defer { idle.withLock { if $0.count < limit { $0.append(pass) } } }
        return body(pass)
    }
}
