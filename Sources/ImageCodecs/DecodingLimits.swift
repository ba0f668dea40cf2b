/// What a picture may cost; checked from the file's header before anything of its size is allocated.
public struct DecodingLimits: Hashable, Sendable {
    /// The longest side, in pixels.
    public var maximumSide: Int
    /// Width times height.
    public var maximumPixels: Int
    /// Length of the file.
    public var maximumBytes: Int

    public init(maximumSide: Int, maximumPixels: Int, maximumBytes: Int) {
        self.maximumSide = maximumSide
        self.maximumPixels = maximumPixels
        self.maximumBytes = maximumBytes
    }

    /// 8,192 pixels a side, 16 megapixels (4,096 × 4,096), 10 MiB.
    public static let `default` = DecodingLimits(
        maximumSide: 8_192, maximumPixels: 4_096 * 4_096, maximumBytes: 10 << 20)

    /// The error for a picture of this size, nil where it is allowed.
    func violation(width: Int, height: Int) -> ImageDecodingError? {
        if width <= 0 || height <= 0 { return .noPixels(width: width, height: height) }
        if max(width, height) > maximumSide {
            return .sideTooLong(width: width, height: height, limit: maximumSide)
        }
        let (pixels, overflow) = width.multipliedReportingOverflow(by: height)
        return overflow || pixels > maximumPixels
            ? .tooManyPixels(width: width, height: height, limit: maximumPixels) : nil
    }

    func violation(byteCount: Int) -> ImageDecodingError? {
        byteCount > maximumBytes ? .tooManyBytes(count: byteCount, limit: maximumBytes) : nil
    }
}
