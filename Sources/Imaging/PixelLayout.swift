/// Where a foreign buffer keeps the samples of one pixel.
struct PixelLayout {
    let bytesPerPixel: Int
    let red: Int
    let green: Int
    let blue: Int

    static let rgb = PixelLayout(bytesPerPixel: 3, red: 0, green: 1, blue: 2)
    static let bgr = PixelLayout(bytesPerPixel: 3, red: 2, green: 1, blue: 0)
    static let rgba = PixelLayout(bytesPerPixel: 4, red: 0, green: 1, blue: 2)
    static let bgra = PixelLayout(bytesPerPixel: 4, red: 2, green: 1, blue: 0)
    static let gray = PixelLayout(bytesPerPixel: 1, red: 0, green: 0, blue: 0)

    /// The distance between rows to use, `bytesPerRow` or that of a buffer without padding, once all of it is checked.
    ///
    /// The last row need not be padded: that is how a sub-rectangle of a larger frame ends.
    func checkedStride(
        width: Int, height: Int, bytesPerRow: Int?, byteCount: Int
    ) throws(ImageLayoutError) -> Int {
        guard width > 0, height > 0 else { throw .noPixels(width: width, height: height) }
        // Three bytes a pixel is what the picture itself takes, even where the buffer is gray.
        let (rowBytes, rowOverflows) = width.multipliedReportingOverflow(by: max(bytesPerPixel, 3))
        let required = width &* bytesPerPixel
        let stride = bytesPerRow ?? required
        let (total, overflows) = max(stride, rowBytes).multipliedReportingOverflow(by: height)
        guard !rowOverflows, !overflows, total >= 0 else {
            throw .sizeOverflow(width: width, height: height, bytesPerRow: stride)
        }
        guard stride >= required else { throw .rowTooShort(bytesPerRow: stride, required: required) }
        let needed = stride * (height - 1) + required
        guard byteCount >= needed else { throw .bufferTooShort(byteCount: byteCount, required: needed) }
        return stride
    }
}
