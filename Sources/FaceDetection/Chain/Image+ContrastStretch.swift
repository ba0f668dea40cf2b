internal import Imaging

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension Image {
    /// Parts of the pixels that may become black or white.
    private static let clipped = 0.01
    /// Brightness of the median pixel after stretching, and the strongest change of the exponent towards it.
    private static let middle = 0.45
    private static let exponents = 0.3...3.0
    /// A picture that leaves no more of the darkest and the brightest levels unused than this, and whose exponent is as near
    /// to 1, would look the same: another search in it costs time and finds nothing new.
    private static let (unusedLevels, exponentChange) = (8, 0.15)

    /// The picture with its brightness spread over the whole range and its median moved to a middle gray.
    ///
    /// Nil where that would change next to nothing, or where the picture is flat.
    var contrastStretched: Image? {
        let histogram = gray().pixels.reduce(into: [Int](repeating: 0, count: 256)) { $0[Int($1)] += 1 }
        let count = width * height
        let (low, high) = (
            Self.level(Self.clipped, of: histogram, count: count),
            Self.level(1 - Self.clipped, of: histogram, count: count)
        )
        guard high > low else { return nil }
        let span = Double(high - low)
        let median = Double(Self.level(0.5, of: histogram, count: count) - low) / span
        let exponent = median > 0 && median < 1 ? log(Self.middle) / log(median) : 1
        let bounded = min(max(exponent, Self.exponents.lowerBound), Self.exponents.upperBound)
        guard low > Self.unusedLevels || high < 255 - Self.unusedLevels || abs(bounded - 1) > Self.exponentChange
        else { return nil }
        let table = (0..<256).map { level -> UInt8 in
            let share = min(max(Double(level - low) / span, 0), 1)
            return UInt8((pow(share, bounded) * 255).rounded())
        }
        return Image(width: width, height: height, pixels: pixels.map { table[Int($0)] })
    }

    /// The brightness below which the part `share` of the pixels lies.
    private static func level(_ share: Double, of histogram: [Int], count: Int) -> Int {
        var sum = 0
        for (level, pixels) in histogram.enumerated() {
            sum += pixels
            if Double(sum) >= share * Double(count) { return level }
        }
        return 255
    }
}
