public import InferenceQueue
import NIOConcurrencyHelpers

/// Whether the models were checked, and what came of it.
public final class Readiness: Sendable {
    private let state = NIOLockedValueBox<(report: ModelReport?, storage: ContinuousClock.Instant?)>((nil, nil))

    public init() {}

    /// Nil while the first check is under way.
    public var report: ModelReport? {
        get { state.withLockedValue { $0.report } }
        set { state.withLockedValue { $0.report = newValue } }
    }

    /// Runs `check` unless it went well within the last second: whoever asks often does not make the store write often.
    func checkStorage(_ check: () async throws -> Void) async throws {
        if let last = state.withLockedValue({ $0.storage }), ContinuousClock.now - last < .seconds(1) { return }
        try await check()
        state.withLockedValue { $0.storage = .now }
    }
}
