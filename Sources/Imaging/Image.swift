import PlaneGeometry

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

    /// A picture filled by `initialize`, which must write all of its `width × height × 3` bytes or throw.
    package init<Failure: Error>(
        width: Int, height: Int,
        initializingWith initialize: (UnsafeMutableBufferPointer<UInt8>) throws(Failure) -> Void
    ) throws(Failure) {
        var failure: Failure?
        let count = width * height * 3
        let pixels = [UInt8](unsafeUninitializedCapacity: count) { buffer, initializedCount in
            do throws(Failure) {
                try initialize(UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
                initializedCount = count
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        self.init(width: width, height: height, pixels: pixels)
    }

    /// Rows and columns, height first.
    public var size: Size { Size(height: height, width: width) }

    /// The whole picture as a rectangle with its corner at the origin.
    public var bounds: Rect { Rect(x: 0, y: 0, width: Double(width), height: Double(height)) }

    /// Calls `body` with the pixel bytes for changing them in place.
    package mutating func withUnsafeMutablePixels<Result>(
        _ body: (UnsafeMutableBufferPointer<UInt8>) throws -> Result
    ) rethrows -> Result {
        try pixels.withUnsafeMutableBufferPointer { try body($0) }
    }
}
