/// Pictures from the buffers that cameras, codecs and other programs hand over.
///
/// `bytesPerRow` is the distance between the beginnings of two rows, without it `width` times the bytes of a pixel.
/// Every initialiser copies, and checks the buffer first: what comes from outside never traps.
extension Image {
    /// Red, green, blue; three bytes a pixel.
    public init(
        rgb bytes: UnsafeRawBufferPointer, width: Int, height: Int, bytesPerRow: Int? = nil
    ) throws(ImageLayoutError) {
        try self.init(bytes, layout: .rgb, width: width, height: height, bytesPerRow: bytesPerRow)
    }

    /// Red, green, blue; three bytes a pixel.
    public init(
        rgb bytes: [UInt8], width: Int, height: Int, bytesPerRow: Int? = nil
    ) throws(ImageLayoutError) {
        try self.init(bytes, layout: .rgb, width: width, height: height, bytesPerRow: bytesPerRow)
    }

    /// Blue, green, red; three bytes a pixel, as OpenCV keeps frames.
    public init(
        bgr bytes: UnsafeRawBufferPointer, width: Int, height: Int, bytesPerRow: Int? = nil
    ) throws(ImageLayoutError) {
        try self.init(bytes, layout: .bgr, width: width, height: height, bytesPerRow: bytesPerRow)
    }

    /// Blue, green, red; three bytes a pixel, as OpenCV keeps frames.
    public init(
        bgr bytes: [UInt8], width: Int, height: Int, bytesPerRow: Int? = nil
    ) throws(ImageLayoutError) {
        try self.init(bytes, layout: .bgr, width: width, height: height, bytesPerRow: bytesPerRow)
    }

    /// Red, green, blue, alpha; four bytes a pixel. Alpha is ignored: cameras leave it undefined.
    public init(
        rgba bytes: UnsafeRawBufferPointer, width: Int, height: Int, bytesPerRow: Int? = nil
    ) throws(ImageLayoutError) {
        try self.init(bytes, layout: .rgba, width: width, height: height, bytesPerRow: bytesPerRow)
    }

    /// Red, green, blue, alpha; four bytes a pixel. Alpha is ignored: cameras leave it undefined.
    public init(
        rgba bytes: [UInt8], width: Int, height: Int, bytesPerRow: Int? = nil
    ) throws(ImageLayoutError) {
        try self.init(bytes, layout: .rgba, width: width, height: height, bytesPerRow: bytesPerRow)
    }

    /// Blue, green, red, alpha; four bytes a pixel, as webcams deliver. Alpha is ignored: cameras leave it undefined.
    public init(
        bgra bytes: UnsafeRawBufferPointer, width: Int, height: Int, bytesPerRow: Int? = nil
    ) throws(ImageLayoutError) {
        try self.init(bytes, layout: .bgra, width: width, height: height, bytesPerRow: bytesPerRow)
    }

    /// Blue, green, red, alpha; four bytes a pixel, as webcams deliver. Alpha is ignored: cameras leave it undefined.
    public init(
        bgra bytes: [UInt8], width: Int, height: Int, bytesPerRow: Int? = nil
    ) throws(ImageLayoutError) {
        try self.init(bytes, layout: .bgra, width: width, height: height, bytesPerRow: bytesPerRow)
    }

    /// One byte a pixel, which becomes its red, green and blue.
    public init(
        gray bytes: UnsafeRawBufferPointer, width: Int, height: Int, bytesPerRow: Int? = nil
    ) throws(ImageLayoutError) {
        try self.init(bytes, layout: .gray, width: width, height: height, bytesPerRow: bytesPerRow)
    }

    /// One byte a pixel, which becomes its red, green and blue.
    public init(
        gray bytes: [UInt8], width: Int, height: Int, bytesPerRow: Int? = nil
    ) throws(ImageLayoutError) {
        try self.init(bytes, layout: .gray, width: width, height: height, bytesPerRow: bytesPerRow)
    }

    private init(
        _ bytes: [UInt8], layout: PixelLayout, width: Int, height: Int, bytesPerRow: Int?
    ) throws(ImageLayoutError) {
        self = try bytes.withUnsafeBytes { buffer in
            Result { () throws(ImageLayoutError) in
                try Image(buffer, layout: layout, width: width, height: height, bytesPerRow: bytesPerRow)
            }
        }.get()
    }

    private init(
        _ bytes: UnsafeRawBufferPointer, layout: PixelLayout, width: Int, height: Int, bytesPerRow: Int?
    ) throws(ImageLayoutError) {
        let stride = try layout.checkedStride(
            width: width, height: height, bytesPerRow: bytesPerRow, byteCount: bytes.count)
        self.init(width: width, height: height) { target in
            var to = 0
            for row in 0..<height {
                var from = row * stride
                for _ in 0..<width {
                    target[to] = bytes[from + layout.red]
                    target[to + 1] = bytes[from + layout.green]
                    target[to + 2] = bytes[from + layout.blue]
                    from += layout.bytesPerPixel
                    to += 3
                }
            }
        }
    }
}
