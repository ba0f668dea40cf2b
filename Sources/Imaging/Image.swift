/// A picture of 8-bit RGB pixels, rows from top to bottom, no padding between them.
///
/// One pixel format keeps every later step simple; the initialisers turn the usual camera and codec layouts into it.
public struct Image: Hashable, Sendable {
    public let width: Int
    public let height: Int
    /// `height × width × 3` bytes: red, green, blue of each pixel, row by row.
    public private(set) var pixels: [UInt8]

    /// - Precondition: `width` and `height` are positive and `pixels` holds `width × height × 3` bytes.
    public init(width: Int, height: Int, pixels: [UInt8]) {
        precondition(width > 0 && height > 0, "an image of \(width)×\(height) has no pixels")
        precondition(pixels.count == width * height * 3, "\(pixels.count) bytes for \(width)×\(height) RGB")
        self.width = width
        self.height = height
        self.pixels = pixels
    }

    /// Calls `body` with the pixel bytes for changing them in place.
    public mutating func withUnsafeMutablePixels<Result>(
        _ body: (UnsafeMutableBufferPointer<UInt8>) throws -> Result
    ) rethrows -> Result {
        try pixels.withUnsafeMutableBufferPointer { try body($0) }
    }
}
