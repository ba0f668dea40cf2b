import CoreMetrics
import NIOConcurrencyHelpers

/// Counts up.
final class PrometheusCounter: PrometheusSeries, CounterHandler {
    private let value = NIOLockedValueBox<Int64>(0)

    func increment(by amount: Int64) { value.withLockedValue { $0 &+= amount } }
    func reset() { value.withLockedValue { $0 = 0 } }

    func lines(_ name: String, _ series: PrometheusRegistry.SeriesName) -> [PrometheusLine] {
        [PrometheusLine(order: [series.text()], text: "\(name)\(series.text()) \(value.withLockedValue { $0 })")]
    }
}

/// The latest value.
final class PrometheusGauge: PrometheusSeries, RecorderHandler {
    private let value = NIOLockedValueBox(0.0)

    func record(_ value: Int64) { record(Double(value)) }
    func record(_ value: Double) { self.value.withLockedValue { $0 = value } }

    func lines(_ name: String, _ series: PrometheusRegistry.SeriesName) -> [PrometheusLine] {
        [PrometheusLine(order: [series.text()], text: "\(name)\(series.text()) \(value.withLockedValue { $0 })")]
    }
}

/// How many values lie at or below each of some bounds.
final class PrometheusHistogram: PrometheusSeries, TimerHandler, RecorderHandler {
    /// For times of requests.
    static let seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
    /// For small numbers of things.
    static let counts = [1.0, 2, 4, 8, 16, 32, 64]

    private let bounds: [Double]
    private let state: NIOLockedValueBox<(buckets: [Int64], sum: Double, count: Int64)>

    init(bounds: [Double]) {
        self.bounds = bounds
        state = NIOLockedValueBox((buckets: [Int64](repeating: 0, count: bounds.count), sum: 0, count: 0))
    }

    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }
    func record(_ value: Int64) { record(Double(value)) }

    func record(_ value: Double) {
        guard value.isFinite else { return }
        state.withLockedValue { state in
            for (index, bound) in bounds.enumerated() where value <= bound { state.buckets[index] += 1 }
            state.sum += value
            state.count += 1
        }
    }

    func lines(_ name: String, _ series: PrometheusRegistry.SeriesName) -> [PrometheusLine] {
        let state = state.withLockedValue { $0 }
        var lines: [PrometheusLine] = []
        func add(_ suffix: String, _ labels: String, _ value: String) {
            let position = lines.count < 10 ? "0\(lines.count)" : "\(lines.count)"
            lines.append(PrometheusLine(order: [series.text(), position], text: "\(name)\(suffix)\(labels) \(value)"))
        }
        for (bound, count) in zip(bounds, state.buckets) {
            add("_bucket", series.text(("le", "\(bound)")), "\(count)")
        }
        add("_bucket", series.text(("le", "+Inf")), "\(state.count)")
        add("_sum", series.text(), "\(state.sum)")
        add("_count", series.text(), "\(state.count)")
        return lines
    }
}

extension [String] {
    /// Of lists of texts, the one that comes first.
    static func < (first: [String], second: [String]) -> Bool { first.lexicographicallyPrecedes(second) }
}
