import TensorEngine

/// A value that is loaded when it is first needed, once, however many tasks ask for it at the same time.
///
/// Those who come while it is being loaded wait. A failure is not kept: the next call tries again, so that a file put
/// right is found without a new detector.
package final class OnceLoaded<Value: Sendable>: Sendable {
    private let state = LockedState<Value?>(nil)
    private let load: @Sendable () throws(EmotionDetectorError) -> Value

    package init(_ load: @escaping @Sendable () throws(EmotionDetectorError) -> Value) {
        self.load = load
    }

    /// Whether nothing has to be loaded any more; waits while somebody loads.
    package var isLoaded: Bool { state.withLock { $0 != nil } }

    /// The value, loaded now if it has not been.
    package func value() throws(EmotionDetectorError) -> Value {
        try state.withLock { (state) throws(EmotionDetectorError) in
            if let value = state { return value }
            let value = try load()
            state = value
            return value
        }
    }
}
