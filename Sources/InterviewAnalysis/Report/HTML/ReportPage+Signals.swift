extension ReportPage {
    /// One small curve for each named signal of the frames; nothing where there are none.
    var signalSection: HTMLNode {
        guard !report.signals.isEmpty else { return .empty }
        return section(
            "signals", "Further signals",
            lead: "Each from the lowest to the highest value of this session, and on the right its mean.",
            [.tag("div", ["class": "multiples"], report.signals.map(row) + [axisRow])])
    }

    private func row(of signal: SignalCourse) -> HTMLNode {
        let name = signal.name.replacing("_", with: " ")
        let mean = ReportText.fixed(signal.mean, digits: 2)
        let range = "\(ReportText.fixed(signal.lowest, digits: 2)) to \(ReportText.fixed(signal.highest, digits: 2))"
        return .tag(
            "div", ["class": "multiple signal", "role": "img", "aria-label": "\(name): \(mean) on average, \(range)"],
            [
                .tag("span", ["class": "name"], [.tag("i", ["class": "swatch"]), .foreign(name)]),
                smallPlot(steps: signal.steps.map { ($0.start, $0.end, share(of: $0.mean, in: signal)) }),
                .tag("span", ["class": "mean"], [.text(mean)]),
            ])
    }

    /// 0…1 from the lowest to the highest value; a signal that never changes lies in the middle.
    private func share(of value: Double, in signal: SignalCourse) -> Double {
        let span = signal.highest - signal.lowest
        return span > 0 ? (value - signal.lowest) / span : 0.5
    }
}
