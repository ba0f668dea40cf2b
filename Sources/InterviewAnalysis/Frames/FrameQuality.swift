/// How well a face was captured in one frame, as far as somebody measured it; what was not measured is nil.
///
/// Values are kept to four decimals, which is finer than any of them is known, so that a session's file stays small.
public struct FrameQuality: Codable, Sendable, Hashable {
    /// 1 where the face meets every limit of the detector's capture check; otherwise how near it comes, 0…1.
    public let score: Double?
    /// Mean brightness of the face, 0 black…1 white.
    public let brightness: Double?
    /// Standard deviation of the brightness, 0…1.
    public let contrast: Double?
    /// Fine detail, 0 for a smooth surface; no upper bound.
    public let sharpness: Double?
    /// The shorter side of the face's box in pixels.
    public let sidePixels: Double?
    /// The part of the face's box inside the picture, 0…1.
    public let visiblePart: Double?

    /// What is no number counts as not measured; values beyond their range are taken for its end.
    public init(
        score: Double? = nil, brightness: Double? = nil, contrast: Double? = nil, sharpness: Double? = nil,
        sidePixels: Double? = nil, visiblePart: Double? = nil
    ) {
        func held(_ value: Double?, to range: ClosedRange<Double>) -> Double? {
            value.flatMap { $0.isNaN ? nil : Measured.rounded(min(max($0, range.lowerBound), range.upperBound)) }
        }
        self.score = held(score, to: 0...1)
        self.brightness = held(brightness, to: 0...1)
        self.contrast = held(contrast, to: 0...1)
        self.sharpness = held(sharpness, to: 0...Measured.largest)
        self.sidePixels = held(sidePixels, to: 0...Measured.largest)
        self.visiblePart = held(visiblePart, to: 0...1)
    }

    /// That a quality from a file lies within its ranges.
    func check() throws(AnalyzerError) {
        let numbers: [(CodingKeys, Double?, Double)] = [
            (.score, score, 1), (.brightness, brightness, 1), (.contrast, contrast, 1),
            (.sharpness, sharpness, Measured.largest), (.sidePixels, sidePixels, Measured.largest),
            (.visiblePart, visiblePart, 1),
        ]
        for case (let key, let number?, let upper) in numbers where !(0...upper).contains(number) {
            throw .invalidMeasurement(key: "quality.\(key.rawValue)", value: number)
        }
    }

    enum CodingKeys: String, CodingKey {
        case score, brightness, contrast, sharpness
        case sidePixels = "side_pixels"
        case visiblePart = "visible_part"
    }
}

/// What all measurements of a frame have in common.
enum Measured {
    /// Bound of numbers that have none of their own, so that sums of them stay finite.
    static let largest = 1e6

    /// To four decimals.
    static func rounded(_ value: Double) -> Double { DecimalRounding.round(value, digits: 4) }
}
