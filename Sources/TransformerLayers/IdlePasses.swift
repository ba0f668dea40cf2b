internal import TensorEngine

/// Passes, callers' memory for a network, that nobody uses: kept for the next callers.
package final class IdlePasses<Pass>: Sendable {
    private let idle = LockedState<[Pass]>([])
    private let make: @Sendable () -> Pass
    private let most: Int

    /// - Parameter most: how many are kept.
    package init(most: Int, _ make: @escaping @Sendable () -> Pass) {
        self.most = most
        self.make = make
    }

    /// Calls `body` with a pass that is nobody else's for the time.
    package func use<Result>(_ body: (Pass) -> Result) -> Result {
        let pass = idle.withLock { $0.popLast() } ?? make()
        defer { idle.withLock { if $0.count < most { $0.append(pass) } } }
        return body(pass)
    }
}
