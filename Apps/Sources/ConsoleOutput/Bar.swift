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
