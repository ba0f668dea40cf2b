import CPNG

/// The rows of a PNG one after the other, decompressed and unfiltered, without ever holding the whole.
///
/// - Source: PNG Specification, third edition, W3C 2025, sections 9 and 10.
final class PNGRows {
    /// At a place of its own: zlib remembers where it lies.
    private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    private var parts: ArraySlice<UnsafeRawBufferPointer>
    private let bytesPerPixel: Int
    /// The filter's number, then the samples.
    private var row: [UInt8] = []
    private var previous: [UInt8] = []

    init(_ structure: PNGStructure) throws(ImageDecodingError) {
        parts = structure.imageData[...]
        bytesPerPixel = structure.layout.bytesPerPixel
        stream.initialize(to: z_stream())
        guard inflateInit_(stream, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            throw .damagedData(.png, message: "the decompressor does not start")
        }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// Begins a picture, or a pass of one, whose rows have `byteCount` bytes.
    func begin(byteCount: Int) {
        row = [UInt8](repeating: 0, count: 1 + byteCount)
        previous = row
    }

    /// Calls `body` with the bytes of the next row.
    func next(_ body: (UnsafeBufferPointer<UInt8>) -> Void) throws(ImageDecodingError) {
        swap(&row, &previous)
        try row.withUnsafeMutableBufferPointer { row in
            Result { () throws(ImageDecodingError) in
                try inflate(into: row)
                let samples = UnsafeMutableBufferPointer(rebasing: row.dropFirst())
                guard Self.unfilter(samples, above: previous, filter: row[0], step: bytesPerPixel) else {
                    throw .damagedData(.png, message: "a row with the unknown filter \(row[0])")
                }
                body(UnsafeBufferPointer(samples))
            }
        }.get()
    }

    private func inflate(into target: UnsafeMutableBufferPointer<UInt8>) throws(ImageDecodingError) {
        stream.pointee.next_out = target.baseAddress
        stream.pointee.avail_out = UInt32(target.count)
        while stream.pointee.avail_out > 0 {
            if stream.pointee.avail_in == 0, let part = parts.popFirst() {
                // zlib does not write through this pointer.
                stream.pointee.next_in = UnsafeMutablePointer(
                    mutating: part.bindMemory(to: UInt8.self).baseAddress)
                stream.pointee.avail_in = UInt32(part.count)
                continue
            }
            let status = CPNG.inflate(stream, Z_NO_FLUSH)
            if status == Z_STREAM_END && stream.pointee.avail_out > 0 || status == Z_BUF_ERROR && parts.isEmpty {
                throw .damagedData(.png, message: "Not enough image data")
            }
            guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else {
                throw .damagedData(
                    .png, message: stream.pointee.msg.map { String(cString: $0) } ?? "error \(status) of zlib")
            }
        }
    }

    /// Adds what the filter predicts; false for a filter that does not exist.
    private static func unfilter(
        _ row: UnsafeMutableBufferPointer<UInt8>, above: [UInt8], filter: UInt8, step: Int
    ) -> Bool {
        above.withUnsafeBufferPointer { above in
            let above = UnsafeBufferPointer(rebasing: above.dropFirst())
            switch filter {
            case 0: break
            case 1:
                for index in row.indices.dropFirst(step) { row[index] &+= row[index - step] }
            case 2: for index in row.indices { row[index] &+= above[index] }
            case 3:
                for index in row.indices {
                    let left = index >= step ? Int(row[index - step]) : 0
                    row[index] &+= UInt8(truncatingIfNeeded: (left + Int(above[index])) / 2)
                }
            case 4:
                for index in row.indices {
                    let left = index >= step ? Int(row[index - step]) : 0
                    let corner = index >= step ? Int(above[index - step]) : 0
                    row[index] &+= paeth(left, Int(above[index]), corner)
                }
            default: return false
            }
            return true
        }
    }

    /// The neighbour nearest to left + above − corner.
    @inline(__always)
    private static func paeth(_ left: Int, _ above: Int, _ corner: Int) -> UInt8 {
        let (toLeft, toAbove, toCorner) = (abs(above - corner), abs(left - corner), abs(left + above - 2 * corner))
        let nearest = toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner
        return UInt8(truncatingIfNeeded: nearest)
    }
}
