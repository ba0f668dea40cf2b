public import Imaging
public import PlaneGeometry

/// A decoded picture with what its file said about it.
public struct DecodedImage: Hashable, Sendable {
    /// The pixels, already upright.
    public let image: Image
    public let format: ImageFormat
    /// How the file stored the picture; anything but `.up` means that ``image`` was turned.
    public let orientation: Orientation
    /// How many of the file's pixels a side became one of ``image``: 1, or 2, 4 or 8 where the whole was beyond
    /// ``DecodingLimits/maximumPixels`` or ``DecodingLimits/maximumSide``.
    public let reduction: Int
    /// The picture's size in the file, upright as ``image`` is.
    public let originalSize: Size
    /// What is out of the ordinary in the file; empty for nearly all.
    public let warnings: [DecodingWarning]

    /// - Parameters:
    ///   - image: as stored; it is turned upright here.
    ///   - storedSize: the picture's size in the file, as stored.
    init(
        image: Image, format: ImageFormat, orientation: Orientation, reduction: Int = 1, storedSize: Size,
        warnings: [DecodingWarning] = []
    ) {
        self.image = image.upright(from: orientation)
        self.format = format
        self.orientation = orientation
        self.reduction = reduction
        originalSize =
            orientation.swapsSides ? Size(height: storedSize.width, width: storedSize.height) : storedSize
        self.warnings = warnings
    }
}
