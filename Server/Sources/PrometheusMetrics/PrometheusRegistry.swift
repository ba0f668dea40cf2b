public import CoreMetrics
import NIOConcurrencyHelpers

/// What swift-metrics counts, as the text that Prometheus reads (version 0.0.4).
///
/// Labels of metrics are names with underscores, dimensions become labels. Times are given in seconds, as histograms;
/// recorders that aggregate are histograms, others gauges.
public final class PrometheusRegistry: MetricsFactory {
    private let state = NIOLockedValueBox<[String: Family]>([:])

    /// All series of one name.
    struct Family {
        let kind: String
        var series: [SeriesName: any PrometheusSeries]
    }

    /// The labels of a series, sorted.
    struct SeriesName: Hashable {
        let labels: [Label]

        struct Label: Hashable {
            let name: String
            let value: String
        }

        init(_ dimensions: [(String, String)]) {
            labels = dimensions.map { Label(name: $0.0, value: $0.1) }.sorted { $0.name < $1.name }
        }

        /// `{a="b"}`, with `extra` as one more label; nothing without any.
        func text(_ extra: (name: String, value: String)? = nil) -> String {
            let all = labels.map { ($0.name, $0.value) } + (extra.map { [($0.name, $0.value)] } ?? [])
            guard !all.isEmpty else { return "" }
            return "{" + all.map { "\($0)=\"\(Self.escaped($1))\"" }.joined(separator: ",") + "}"
        }

        private static func escaped(_ value: String) -> String {
            var text = ""
            for character in value {
                switch character {
                case "\\": text += "\\\\"
                case "\"": text += "\\\""
                case "\n": text += "\\n"
                default: text.append(character)
                }
            }
            return text
        }
    }

    public init() {}

    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        series(label, "counter", dimensions) { PrometheusCounter() }
    }

    public func makeRecorder(
        label: String, dimensions: [(String, String)], aggregate: Bool
    ) -> any RecorderHandler {
        aggregate
            ? series(label, "histogram", dimensions) { PrometheusHistogram(bounds: PrometheusHistogram.counts) }
            : series(label, "gauge", dimensions) { PrometheusGauge() }
    }

    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        series(label, "histogram", dimensions) { PrometheusHistogram(bounds: PrometheusHistogram.seconds) }
    }

    public func destroyCounter(_ handler: any CounterHandler) {}
    public func destroyRecorder(_ handler: any RecorderHandler) {}
    public func destroyTimer(_ handler: any TimerHandler) {}

    /// All that was counted so far, by name.
    public var text: String {
        let families = state.withLockedValue { $0 }
        var text = ""
        for (name, family) in families.sorted(by: { $0.key < $1.key }) {
            text += "# TYPE \(name) \(family.kind)\n"
            let lines = family.series.flatMap { series, value in value.lines(name, series) }
            text += lines.sorted { $0.order < $1.order }.map { $0.text + "\n" }.joined()
        }
        return text
    }

    private func series<Series: PrometheusSeries>(
        _ label: String, _ kind: String, _ dimensions: [(String, String)], _ make: () -> Series
    ) -> Series {
        let key = SeriesName(dimensions)
        let name = String(label.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
        return state.withLockedValue { families in
            if let known = families[name]?.series[key] as? Series { return known }
            let made = make()
            families[name, default: Family(kind: kind, series: [:])].series[key] = made
            return made
        }
    }
}

/// What can be written as lines of Prometheus' text.
protocol PrometheusSeries: AnyObject, Sendable {
    func lines(_ name: String, _ series: PrometheusRegistry.SeriesName) -> [PrometheusLine]
}

/// A line, and where it stands among those of its name.
struct PrometheusLine {
    let order: [String]
    let text: String
}
