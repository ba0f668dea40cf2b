import CEmotion
import EmotionDetection

extension Image {
    /// A copy of the picture in a buffer of the caller's.
    ///
    /// - Throws: for whatever would read beyond the buffer, and for numbers that make no sense.
    init(_ picture: emotion_picture) throws(Failure) {
        let (width, height) = try Self.sides(of: picture)
        let stride = try Self.rowBytes(picture.row_bytes, "row_bytes")
        let bytes = try Self.buffer(picture.pixels, picture.byte_count, "pixels", "byte_count")
        let format = try checked(picture.format, in: 0...Int(EMOTION_FORMAT_NV12), "format")
        guard format != Int(EMOTION_FORMAT_NV12) else {
            self = try Self.nv12(picture, bytes, stride)
            return
        }
        guard picture.yuv == 0, picture.chroma == nil, picture.chroma_byte_count == 0, picture.chroma_row_bytes == 0
        else { throw .argument("yuv or chroma is set for pixels that are not NV12") }
        do throws(ImageLayoutError) {
            switch format {
            case Int(EMOTION_FORMAT_RGB):
                try self.init(rgb: bytes, width: width, height: height, bytesPerRow: stride)
            case Int(EMOTION_FORMAT_BGR):
                try self.init(bgr: bytes, width: width, height: height, bytesPerRow: stride)
            case Int(EMOTION_FORMAT_RGBA):
                try self.init(rgba: bytes, width: width, height: height, bytesPerRow: stride)
            case Int(EMOTION_FORMAT_BGRA):
                try self.init(bgra: bytes, width: width, height: height, bytesPerRow: stride)
            default:
                try self.init(gray: bytes, width: width, height: height, bytesPerRow: stride)
            }
        } catch {
            throw Failure(error)
        }
    }

    fileprivate static func sides(of picture: emotion_picture) throws(Failure) -> (width: Int, height: Int) {
        let side = 1...Int(EMOTION_MAXIMUM_SIDE)
        let width = try checked(picture.width, in: side, "width")
        let height = try checked(picture.height, in: side, "height")
        _ = try checked(width * height, in: 1...Int(EMOTION_MAXIMUM_PIXELS), "width × height")
        return (width, height)
    }

    private static func nv12(
        _ picture: emotion_picture, _ luma: UnsafeRawBufferPointer, _ stride: Int?
    ) throws(Failure) -> Image {
        let yuv = try checked(picture.yuv, in: 0...3, "yuv")
        let encoding = YUVEncoding(
            yuv & Int(EMOTION_YUV_BT709) != 0 ? .bt709 : .bt601,
            range: yuv & Int(EMOTION_YUV_FULL) != 0 ? .full : .video)
        let (chroma, chromaStride) = try chromaPlane(of: picture, luma, stride)
        do throws(ImageLayoutError) {
            return try Image(
                nv12: luma, chroma: chroma, width: Int(picture.width), height: Int(picture.height),
                lumaBytesPerRow: stride, chromaBytesPerRow: chromaStride, encoding: encoding)
        } catch {
            throw Failure(error)
        }
    }

    /// The plane of colour differences, which may follow the luma in the same buffer.
    private static func chromaPlane(
        of picture: emotion_picture, _ luma: UnsafeRawBufferPointer, _ stride: Int?
    ) throws(Failure) -> (bytes: UnsafeRawBufferPointer, stride: Int?) {
        let chromaStride = try rowBytes(picture.chroma_row_bytes, "chroma_row_bytes")
        guard picture.chroma == nil else {
            return (try buffer(picture.chroma, picture.chroma_byte_count, "chroma", "chroma_byte_count"), chromaStride)
        }
        guard picture.chroma_byte_count == 0, chromaStride == nil else {
            throw .argument("chroma is NULL, and chroma_byte_count or chroma_row_bytes is not 0")
        }
        let (begin, overflows) = (stride ?? Int(picture.width)).multipliedReportingOverflow(by: Int(picture.height))
        guard !overflows, begin <= luma.count else {
            throw .argument("byte_count is \(luma.count): there is no second plane behind the first")
        }
        return (UnsafeRawBufferPointer(rebasing: luma[begin...]), stride)
    }

    private static func rowBytes(_ value: Int64, _ name: String) throws(Failure) -> Int? {
        let bytes = try checked(value, in: 0...Int.max, name)
        return bytes == 0 ? nil : bytes
    }

    private static func buffer(
        _ start: UnsafeRawPointer?, _ count: Int, _ name: String, _ countName: String
    ) throws(Failure) -> UnsafeRawBufferPointer {
        guard let start else { throw .argument("\(name) is NULL") }
        // A count beyond the half of all addresses, which no buffer has, is negative here.
        guard count >= 0, UInt(bitPattern: start) <= UInt.max - UInt(count) else {
            throw .argument("\(countName) is more than there is memory")
        }
        return UnsafeRawBufferPointer(start: start, count: count)
    }
}

/// Copies of the pictures of an array of the caller's.
func images(_ pictures: UnsafePointer<emotion_picture>?, _ count: Int) throws(Failure) -> [Image] {
    guard let pictures else { throw .argument("pictures is NULL") }
    _ = try checked(count, in: 1...Int(EMOTION_MAXIMUM_PICTURES), "count")
    let first = try copied(pictures, "pictures[0]")
    var structs: [emotion_picture] = []
    structs.reserveCapacity(count)
    var pixels = 0
    for index in 0..<count {
        let address = UnsafeRawPointer(pictures) + index * first.struct_size
        guard address.loadUnaligned(as: Int.self) == first.struct_size else {
            throw .argument("pictures[\(index)]: struct_size is not that of the first")
        }
        let picture = try copied(address.assumingMemoryBound(to: emotion_picture.self), "pictures[\(index)]")
        let (width, height) = try Image.sides(of: picture)
        pixels += width * height
        structs.append(picture)
    }
    // Before anything is copied: all of them may show one buffer, so that their copies may be larger than any memory.
    guard pixels <= Int(EMOTION_MAXIMUM_BATCH_PIXELS) else {
        throw .limit("the pictures have \(pixels) pixels together; at most \(EMOTION_MAXIMUM_BATCH_PIXELS) are taken")
    }
    var images: [Image] = []
    images.reserveCapacity(count)
    for picture in structs { images.append(try Image(picture)) }
    return images
}
