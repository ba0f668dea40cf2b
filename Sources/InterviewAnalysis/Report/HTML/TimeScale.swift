/// Moments of a session as places on a horizontal axis that is as wide as the page.
///
/// Places are percentages, so that a figure fits every screen and its letters keep their size.
struct TimeScale {
    let duration: Double

    /// - Parameter duration: seconds; what is not above zero counts as one second.
    init(duration: Double) { self.duration = duration > 0 && duration.isFinite ? duration : 1 }

    /// 0…1 from the left end of the axis.
    func share(_ seconds: Double) -> Double { min(1, max(0, seconds / duration)) }

    /// The place as SVG and CSS write it.
    func percent(_ seconds: Double) -> String { ReportText.svg(share(seconds) * 100) + "%" }

    /// The length of a stretch.
    func width(from start: Double, to end: Double) -> String {
        ReportText.svg(max(0, share(end) - share(start)) * 100) + "%"
    }

    /// The place in a drawing that is ``drawingWidth`` units wide.
    func x(_ seconds: Double) -> String { ReportText.svg(share(seconds) * Self.drawingWidth) }

    /// Units of the stretched drawings; tenths of a unit are less than a pixel on any screen.
    static let drawingWidth = 1000.0

    /// Round moments to be written at the axis, four to seven of them for most sessions.
    var ticks: [Double] {
        let steps: [Double] = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400]
        let step = steps.first { duration / $0 <= 6.5 } ?? 28800 * (duration / 172_800).rounded(.up)
        return Array(stride(from: 0, through: duration, by: step))
    }
}

extension ReportText {
    /// A coordinate with two decimals at the most, with the plain minus that SVG and CSS read.
    static func svg(_ value: Double) -> String {
        let hundredths = Int(min(max(-1e9, value), 1e9) * 100 + (value < 0 ? -0.5 : 0.5))
        let magnitude = hundredths.magnitude
        let fraction = magnitude % 100
        let digits = fraction < 10 ? "0\(fraction)" : "\(fraction)"
        let tail = fraction == 0 ? "" : "." + (fraction.isMultiple(of: 10) ? "\(fraction / 10)" : digits)
        return (hundredths < 0 ? "-" : "") + "\(magnitude / 100)" + tail
    }
}
