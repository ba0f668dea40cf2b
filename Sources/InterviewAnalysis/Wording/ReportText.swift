/// Numbers and times as the report writes them, the same in every locale.
enum ReportText {
    /// A score of 0…1 as whole points of 100.
    static func points(_ score: Double) -> String { fixed(score * 100, digits: 0) }

    /// A share of 0…1 in percent; anything above nothing and below one percent is "< 1".
    static func percent(_ share: Double) -> String {
        share > 0 && share < 0.01 ? "< 1\u{202F}%" : fixed(share * 100, digits: 0) + "\u{202F}%"
    }

    /// A spread of 0…1 in whole points to both sides.
    static func plusMinus(_ deviation: Double) -> String {
        let points = points(deviation)
        return "±\(points) " + (points == "1" ? "point" : "points")
    }

    /// A moment as minutes and seconds, with hours where there are any.
    static func clock(_ seconds: Double) -> String {
        let total = Int(min(max(0, seconds), 1e9))
        let (hours, minutes) = (total / 3600, total / 60 % 60)
        let tail = twoDigits(total % 60)
        return hours > 0 ? "\(hours):\(twoDigits(minutes)):\(tail)" : "\(minutes):\(tail)"
    }

    /// A length of time in words: one decimal below ten seconds.
    static func duration(_ seconds: Double) -> String {
        guard seconds >= 10 else { return fixed(max(0, seconds), digits: 1) + "\u{00A0}s" }
        let total = Int(min(seconds, 1e9).rounded())
        let (hours, minutes, rest) = (total / 3600, total / 60 % 60, total % 60)
        let parts = [(hours, "h"), (minutes, "min"), (rest, "s")].filter { $0.0 > 0 }
        return parts.map { "\($0.0)\u{00A0}\($0.1)" }.joined(separator: " ")
    }

    /// A stretch of time whose ends and length agree as they are printed: in tenths of a second below ten seconds.
    static func span(_ start: Double, _ end: Double) -> String {
        let (start, end) = (min(max(0, start), 1e9), min(max(0, end), 1e9))
        guard end - start < 10 else {
            let (first, last) = (start.rounded(), end.rounded())
            return "\(clock(first))–\(clock(last)) (\(duration(last - first)))"
        }
        let (first, last) = (Int((start * 10).rounded()), Int((end * 10).rounded()))
        guard first < last else { return clock(tenths: first) }
        let length = "\((last - first) / 10).\((last - first) % 10)\u{00A0}s"
        return "\(clock(tenths: first))–\(clock(tenths: last)) (\(length))"
    }

    private static func clock(tenths: Int) -> String { "\(clock(Double(tenths / 10))).\(tenths % 10)" }

    /// Tenths with a sign, the real minus.
    static func signedTenths(_ tenths: Int) -> String {
        let magnitude = tenths.magnitude
        return (tenths < 0 ? "−" : "+") + "\(magnitude / 10).\(magnitude % 10)"
    }

    /// One of something or several.
    static func count(_ number: Int, _ one: String, _ many: String) -> String {
        number == 1 ? "1 \(one)" : "\(grouped(number)) \(many)"
    }

    /// A whole number with commas between thousands.
    static func grouped(_ number: Int) -> String {
        let digits = String(number.magnitude)
        let first = (digits.count - 1) % 3 + 1
        let groups = stride(from: first, to: digits.count, by: 3).map { digits.dropFirst($0).prefix(3) }
        return (number < 0 ? "−" : "") + ([digits.prefix(first)] + groups).joined(separator: ",")
    }

    /// `value` with `digits` decimals; a dash for what is no number.
    static func fixed(_ value: Double, digits: Int) -> String {
        let units = DecimalRounding.units(value, digits: digits)
        guard units.isFinite, abs(units) < 0x1p52 else { return "–" }
        let scale = (0..<digits).reduce(1) { product, _ in product * 10 }
        let magnitude = Int(abs(units))
        let whole = (units < 0 ? "−" : "") + String(magnitude / scale)
        guard digits > 0 else { return whole }
        let fraction = String(magnitude % scale)
        return whole + "." + String(repeating: "0", count: digits - fraction.count) + fraction
    }

    /// That drops may have been missed because frames were looked at too seldom; nil where those of two seconds are seen.
    ///
    /// - Parameter shortest: see ``SessionSummary/shortestDropSeconds``.
    static func dropLimit(_ shortest: Double) -> String? {
        guard shortest > 2.05 else { return nil }
        return "Frames were looked at so seldom that a drop shorter than \(duration(shortest)) may have been missed."
    }

    /// A number and the sign of its unit on one line: "217 Hz" with a space that does not break.
    static func unbroken(_ text: String) -> String {
        guard units.contains(where: { text.contains(" " + $0) }) else { return text }
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        guard var joined = words.first.map(String.init) else { return text }
        for (number, word) in zip(words, words.dropFirst()) {
            let isMeasure = number.last?.isNumber == true && units.contains(String(word.prefix(while: \.isLetter)))
            joined += (isMeasure ? "\u{00A0}" : " ") + word
        }
        return joined
    }

    private static let units: Set<String> = ["Hz", "LU", "LUFS", "dB", "ms", "s", "min", "h", "px", "kB"]

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
