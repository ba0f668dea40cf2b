/// A measurement as a line of the table on standard output.
struct TableRow {
    let text: String

    static let header = TableRow(
        columns: ["ms (median)", "min", "p10", "p90", "processor", "GFLOP/s", "of peak", "×"], "name"
    ).text

    init(_ measurement: Measurement) {
        let milliseconds = [
            measurement.medianMilliseconds, measurement.minimumMilliseconds, measurement.firstDecileMilliseconds,
            measurement.lastDecileMilliseconds,
        ].map { Self.decimal($0, places: 3) }
        let processor = measurement.processorMilliseconds.map { Self.decimal($0, places: 3) } ?? ""
        let speed = measurement.gigaflops.map { Self.decimal($0, places: 1) } ?? ""
        let share = measurement.peakShare.map { Self.decimal($0 * 100, places: 0) + " %" } ?? ""
        let occurrences = measurement.occurrences > 1 ? String(measurement.occurrences) : ""
        self.init(
            columns: milliseconds + [processor, speed, share, occurrences], measurement.name + "  " + measurement.detail
        )
    }

    private init(columns: [String], _ name: String) {
        text = columns.map { String(repeating: " ", count: max(12 - $0.count, 0)) + $0 }.joined() + "  " + name
    }

    /// `value` with a fixed number of decimal places.
    static func decimal(_ value: Double, places: Int) -> String {
        let scale = (0..<places).reduce(1.0) { scale, _ in scale * 10 }
        let digits = String(Int((abs(value) * scale).rounded()))
        let padded = String(repeating: "0", count: max(places + 1 - digits.count, 0)) + digits
        let whole = padded.dropLast(places)
        return (value < 0 ? "-" : "") + whole + (places > 0 ? "." + padded.suffix(places) : "")
    }
}
