/// Reads the stream of uncompressed pictures that ffmpeg writes in Matroska, which gives each its own time.
///
/// Raw video through a pipe has no times, and a constant rate would be a lie for phones, screen recordings and webcams,
/// whose frames come when they come. Matroska adds a few bytes to each picture and its time in milliseconds.
/// Only what ffmpeg writes to a pipe is understood: one track of RGB pictures in SimpleBlocks or BlockGroups.
/// - Source: RFC 8794 (EBML), RFC 9559 (Matroska).
public final class MatroskaFrameReader: FrameSource {
    public private(set) var widthPixels = 0
    public private(set) var heightPixels = 0
    public private(set) var pixels: [UInt8] = []
    public private(set) var framing: [UInt8] = []
    public var encoding: StreamEncoding { .matroska }

    private let stream: Descriptor
    private var count = 0
    /// Nanoseconds of one unit of the stream's clock; a millisecond unless the stream says otherwise.
    private var tickNanoseconds = 1_000_000.0
    private var clusterTicks = 0.0

    /// The most bytes of an element that is read into memory and is no picture.
    private static let largestElement = 1 << 20
    /// The largest picture: 8192 pixels a side.
    private static let largestSide = 8192

    /// Reads up to the size of the pictures.
    public init(_ stream: Descriptor) throws(MediaError) {
        self.stream = stream
        while widthPixels == 0 || heightPixels == 0 {
            guard let element = try readHeader() else { throw .malformedStream(reason: "no video track") }
            guard try !isPicture(element) else { throw .malformedStream(reason: "a picture before its size") }
        }
        guard widthPixels <= Self.largestSide, heightPixels <= Self.largestSide else {
            throw .malformedStream(reason: "pictures of \(widthPixels)×\(heightPixels)")
        }
        pixels = [UInt8](repeating: 0, count: widthPixels * heightPixels * 3)
    }

    public func next() throws(MediaError) -> StreamFrame? {
        if count > 0 { framing.removeAll(keepingCapacity: true) }
        while let element = try readHeader() {
            guard try isPicture(element) else { continue }
            let seconds = try readPicture(size: element.size)
            defer { count += 1 }
            return StreamFrame(number: count, seconds: seconds)
        }
        return nil
    }

    /// Takes in an element that is no picture, or enters it where it holds others.
    private func isPicture(_ element: EBMLElement) throws(MediaError) -> Bool {
        switch element.id {
        case .simpleBlock, .block: return true
        case .segment, .information, .tracks, .trackEntry, .video, .cluster, .blockGroup: break
        case .clusterTimestamp: clusterTicks = Double(try readNumber(element))
        case .timestampScale: tickNanoseconds = Double(try readNumber(element))
        case .pixelWidth: widthPixels = Int(clamping: try readNumber(element))
        case .pixelHeight: heightPixels = Int(clamping: try readNumber(element))
        case .other: _ = try readBytes(element.size)
        }
        return false
    }

    /// Track number (one byte for the first track), 16 bits of time within the cluster, flags, and the pixels.
    private func readPicture(size: Int) throws(MediaError) -> Double {
        guard size == pixels.count + 4 else {
            throw .malformedStream(reason: "a picture of \(size - 4) bytes, \(pixels.count) expected")
        }
        let head = try readBytes(4)
        let offset = Int16(bitPattern: UInt16(head[1]) << 8 | UInt16(head[2]))
        let read = try stream.read(into: &pixels)
        guard read == pixels.count else { throw .malformedStream(reason: "frame \(count) is cut off") }
        return (clusterTicks + Double(offset)) * tickNanoseconds / 1e9
    }

    /// The next element's kind and size; nil at the end of the stream.
    private func readHeader() throws(MediaError) -> EBMLElement? {
        guard let first = try readByte() else { return nil }
        let idLength = first.leadingZeroBitCount + 1
        guard idLength <= 4 else { throw .malformedStream(reason: "no element begins with \(first)") }
        var id = UInt32(first)
        for byte in try readBytes(idLength - 1) { id = id << 8 | UInt32(byte) }
        guard let lead = try readByte(), lead != 0 else { throw .malformedStream(reason: "an element without a size") }
        let sizeLength = lead.leadingZeroBitCount + 1
        var size = UInt64(lead) & (0xFF >> UInt64(sizeLength))
        var unknown = size == 0xFF >> UInt64(sizeLength)
        for byte in try readBytes(sizeLength - 1) {
            size = size << 8 | UInt64(byte)
            unknown = unknown && byte == 0xFF
        }
        return EBMLElement(id: .init(rawValue: id) ?? .other, size: unknown ? Int.max : Int(clamping: size))
    }

    private func readNumber(_ element: EBMLElement) throws(MediaError) -> UInt64 {
        guard element.size <= 8 else { throw .malformedStream(reason: "a number of \(element.size) bytes") }
        return try readBytes(element.size).reduce(0) { $0 << 8 | UInt64($1) }
    }

    private func readByte() throws(MediaError) -> UInt8? {
        var byte: [UInt8] = [0]
        guard try stream.read(into: &byte) == 1 else { return nil }
        framing += byte
        return byte[0]
    }

    private func readBytes(_ count: Int) throws(MediaError) -> [UInt8] {
        guard count <= Self.largestElement else { throw .malformedStream(reason: "an element of \(count) bytes") }
        var bytes = [UInt8](repeating: 0, count: count)
        let read = try stream.read(into: &bytes)
        guard read == count else { throw .malformedStream(reason: "the stream ends inside an element") }
        framing += bytes
        return bytes
    }
}

/// A piece of an EBML document: what it is and how many bytes follow.
struct EBMLElement {
    let id: Kind
    let size: Int

    /// The elements that matter here; RFC 9559, section 5.1.
    enum Kind: UInt32 {
        case segment = 0x1853_8067
        case information = 0x1549_A966
        case timestampScale = 0x2AD7B1
        case tracks = 0x1654_AE6B
        case trackEntry = 0xAE
        case video = 0xE0
        case pixelWidth = 0xB0
        case pixelHeight = 0xBA
        case cluster = 0x1F43_B675
        case clusterTimestamp = 0xE7
        case simpleBlock = 0xA3
        case blockGroup = 0xA0
        case block = 0xA1
        case other = 0
    }
}
