/// Colours and sizes of annotations.
public struct AnnotationStyle: Hashable, Sendable {
    /// The colour of each title.
    public var colors: [String: Color]
    /// The colour of every other title.
    public var fallbackColor: Color
    /// Height of the label's capitals as a share of the picture's shorter side.
    public var labelShare: Double
    public var showsScores: Bool

    public init(
        colors: [String: Color], fallbackColor: Color, labelShare: Double = 0.022, showsScores: Bool = true
    ) {
        self.colors = colors
        self.fallbackColor = fallbackColor
        self.labelShare = labelShare
        self.showsScores = showsScores
    }

    /// One colour for each of the seven expressions, told apart on skin, bright and dark grounds.
    public static let standard = AnnotationStyle(
        colors: [
            "angry": Color(hex: 0xE5484D), "disgust": Color(hex: 0x6BA644), "fear": Color(hex: 0x8E5CE6),
            "happy": Color(hex: 0xFFC53D), "sad": Color(hex: 0x3E8BFF), "surprise": Color(hex: 0xF76B15),
            "neutral": Color(hex: 0xA9B8C9),
        ],
        fallbackColor: Color(hex: 0x2EC4B6))

    /// The colour of a title.
    public func color(for title: String) -> Color { colors[title.lowercased()] ?? fallbackColor }
}

extension Color {
    /// Nearly black or white, whichever is read more easily on this colour.
    ///
    /// - Source: relative luminance and contrast of WCAG 2.2, with 2.2 in place of the piecewise sRGB curve.
    var readableText: Color {
        func linear(_ sample: UInt8) -> Double {
            let share = Double(sample) / 255
            // x^2.2 between x² and x³, within 0.01 and without a mathematics library.
            return share * share * (0.8 + 0.2 * share)
        }
        let luminance = 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
        return luminance > 0.3 ? Color(hex: 0x14181F) : .white
    }
}
