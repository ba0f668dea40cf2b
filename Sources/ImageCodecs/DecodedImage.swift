import Imaging

/// A decoded picture with what its file said about it.
public struct DecodedImage: Hashable, Sendable {
    /// The pixels, already upright.
    public let image: Image
    public let format: ImageFormat
    /// How the file stored the picture; anything but `.up` means that ``image`` was turned.
    public let orientation: Orientation

    /// - Parameter image: as stored; it is turned upright here.
    init(image: Image, format: ImageFormat, orientation: Orientation) {
        self.image = image.upright(from: orientation)
        self.format = format
        self.orientation = orientation
    }
}
