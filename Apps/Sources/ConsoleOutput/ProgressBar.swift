#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A line on standard error that is drawn over itself, on a terminal only: logs and pipes get nothing.
public struct ProgressBar {
    private let isShown = isatty(STDERR_FILENO) == 1
    private let start = ContinuousClock.now
    private var drawn: ContinuousClock.Instant?

    public init() {}

    /// Draws the bar, ten times a second at the most.
    ///
    /// - Parameters:
    ///   - fraction: 0…1; nil where the end is not known.
    ///   - text: what follows it.
    public mutating func update(_ fraction: Double?, _ text: String) {
        let now = ContinuousClock.now
        guard isShown, drawn.map({ now - $0 > .milliseconds(100) }) ?? true else { return }
        drawn = now
        Console.write(onErrorLine: Self.line(fraction, text))
    }

    /// Removes the line.
    public func finish() {
        if isShown, drawn != nil { Console.write(onErrorLine: "") }
    }

    /// Seconds since the bar was made.
    public var elapsedSeconds: Double { (ContinuousClock.now - start) / .seconds(1) }

    static func line(_ fraction: Double?, _ text: String) -> String {
        guard let fraction else { return text }
        let bar = Bar.text(fraction, width: 24)
        let percent = FixedDecimal.text(min(max(fraction, 0), 1) * 100, digits: 0) ?? "?"
        return bar + String(repeating: "░", count: max(0, 24 - bar.count)) + " \(percent) %  " + text
    }
}

extension Console {
    /// Replaces the current line of the terminal on standard error.
    static func write(onErrorLine text: String) { _ = write("\r\u{1B}[K" + text, to: STDERR_FILENO) }
}

/// A horizontal bar of block characters, in steps of an eighth of a character.
public enum Bar {
    private static let eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]

    /// A bar whose length is `fraction` of `width` characters.
    ///
    /// - Parameters:
    ///   - fraction: 0…1; values outside are taken as the nearest bound.
    ///   - width: characters of a full bar.
    public static func text(_ fraction: Double, width: Int) -> String {
        let steps = Int((min(max(fraction, 0), 1) * Double(width * 8)).rounded())
        return String(repeating: "█", count: steps / 8) + eighths[steps % 8]
    }
}
