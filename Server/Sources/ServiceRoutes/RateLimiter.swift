import NIOConcurrencyHelpers

/// Lets each key make so many requests a second, and so many at once after a rest (a token bucket).
public final class RateLimiter: Sendable {
    public struct Rate: Sendable, Hashable {
        public var perSecond: Double
        public var burst: Double

        public init(perSecond: Double, burst: Double) {
            precondition(perSecond > 0 && burst >= 1, "a rate of \(perSecond) a second, \(burst) at once")
            self.perSecond = perSecond
            self.burst = burst
        }
    }

    private let rate: Rate
    private let buckets = NIOLockedValueBox<[String: (tokens: Double, time: ContinuousClock.Instant)]>([:])

    public init(_ rate: Rate) { self.rate = rate }

    /// Takes one request of `key` into account.
    ///
    /// - Returns: nil where it may be served, otherwise the seconds until the next one may.
    public func take(_ key: String, at now: ContinuousClock.Instant = .now) -> Double? {
        buckets.withLockedValue { buckets in
            let bucket = buckets[key] ?? (rate.burst, now)
            let earned = (now - bucket.time) / .seconds(1) * rate.perSecond
            let tokens = min(rate.burst, bucket.tokens + max(0, earned))
            guard tokens >= 1 else {
                buckets[key] = (tokens, now)
                return (1 - tokens) / rate.perSecond
            }
            buckets[key] = (tokens - 1, now)
            return nil
        }
    }
}
