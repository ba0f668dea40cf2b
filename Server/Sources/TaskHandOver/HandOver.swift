import NIOConcurrencyHelpers

/// A value on its way from a thread to the task that waits for it.
///
/// That the task goes on after the thread has given the value is seen to by Swift's runtime, in which ThreadSanitizer sees
/// nothing; of the lock that the value passes here it sees that the one comes after the other.
public struct HandOver<Value: Sendable>: Sendable {
    private let place: NIOLockedValueBox<Value?>
    private let continuation: CheckedContinuation<Void, Never>

    /// Waits for a value.
    ///
    /// - Parameter begin: sees to it that one is given, once, by whatever thread.
    public static func value(_ begin: (HandOver) -> Void) async -> Value {
        let place = NIOLockedValueBox<Value?>(nil)
        await withCheckedContinuation { begin(HandOver(place: place, continuation: $0)) }
        guard let value = place.withLockedValue({ $0.take() }) else { preconditionFailure("no value was given") }
        return value
    }

    /// Gives the value and lets the task go on.
    public func give(_ value: Value) { put(value).resume() }

    /// Gives the value; the task goes on once what is returned is resumed. Until then the thread can let go of what it made
    /// the value of.
    public func put(_ value: Value) -> CheckedContinuation<Void, Never> {
        place.withLockedValue { $0 = value }
        return continuation
    }
}
