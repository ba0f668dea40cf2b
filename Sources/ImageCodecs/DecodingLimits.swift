/// What a picture may cost; checked from the file's header before anything of its size is allocated.
public struct DecodingLimits: Hashable, Sendable {
    /// The longest side of a decoded picture, in pixels.
    public var maximumSide: Int
    /// Width times height of a decoded picture.
    public var maximumPixels: Int
    /// Length of the file.
    public var maximumBytes: Int
    /// Width times height of the picture in the file. One beyond the two limits above, but not beyond this, is decoded at
    /// a half, a quarter or an eighth of its size (``DecodedImage/reduction``).
    public var maximumStoredPixels: Int
    /// Scans of a progressive JPEG. Each goes through the whole picture, although it may hold next to no bytes: at 67
    /// megapixels one costs 20 ms, and programs that write such files make ten or so.
    public var maximumScans: Int
    /// Width times height of a JPEG of several scans in the file. All its coefficients are held until the last scan, 2 bytes
    /// of each component at each pixel, however much the picture is reduced: 400 MB at 67 megapixels.
    /// Nil for as many as of any other picture.
    public var maximumMultiScanPixels: Int?

    /// - Parameter maximumStoredPixels: `maximumPixels` when nil, which refuses whatever would have to be reduced.
    public init(
        maximumSide: Int, maximumPixels: Int, maximumBytes: Int, maximumStoredPixels: Int? = nil,
        maximumScans: Int = 100, maximumMultiScanPixels: Int? = nil
    ) {
        self.maximumSide = maximumSide
        self.maximumPixels = maximumPixels
        self.maximumBytes = maximumBytes
        self.maximumStoredPixels = maximumStoredPixels ?? maximumPixels
        self.maximumScans = maximumScans
        self.maximumMultiScanPixels = maximumMultiScanPixels
    }

    /// Decoded at most 8,192 pixels a side and 16 megapixels (4,096 × 4,096); in the file at most 64 megapixels
    /// (8,192 × 8,192) and 128 MiB.
    public static let `default` = DecodingLimits(
        maximumSide: 8_192, maximumPixels: 4_096 * 4_096, maximumBytes: 128 << 20,
        maximumStoredPixels: 8_192 * 8_192)

    /// By how much a picture of this size has to be reduced: 1, 2, 4 or 8.
    ///
    /// - Throws: the error for a size that is not allowed.
    public func reduction(width: Int, height: Int) throws(ImageDecodingError) -> Int {
        if width <= 0 || height <= 0 { throw .noPixels(width: width, height: height) }
        let (pixels, overflow) = width.multipliedReportingOverflow(by: height)
        let largest = max(maximumPixels, maximumStoredPixels)
        if overflow || pixels > largest { throw .tooManyPixels(width: width, height: height, limit: largest) }
        let allowed = maximumStoredPixels > maximumPixels ? [1, 2, 4, 8] : [1]
        let fitting = allowed.first { reduction in
            let (width, height) = (Self.reduced(width, by: reduction), Self.reduced(height, by: reduction))
            return max(width, height) <= maximumSide && width * height <= maximumPixels
        }
        guard let fitting else {
            let limit = maximumSide * (allowed.last ?? 1)
            throw max(width, height) > limit
                ? .sideTooLong(width: width, height: height, limit: limit)
                : .tooManyPixels(width: width, height: height, limit: maximumPixels)
        }
        return fitting
    }

    /// Pixels of a side of `extent` after the reduction; what is left over makes one more.
    public static func reduced(_ extent: Int, by reduction: Int) -> Int { (extent + reduction - 1) / reduction }

    /// - Throws: the error for a JPEG of several scans of this size where it is not allowed.
    func checkMultiScan(width: Int, height: Int) throws(ImageDecodingError) {
        guard let limit = maximumMultiScanPixels, width * height > limit else { return }
        throw .tooManyPixels(width: width, height: height, limit: limit)
    }

    func violation(byteCount: Int) -> ImageDecodingError? {
        byteCount > maximumBytes ? .tooManyBytes(count: byteCount, limit: maximumBytes) : nil
    }
}
