/// Which matrix and range turned red, green and blue into luma and colour differences.
///
/// A buffer does not say; whoever delivers it does. Webcams and MJPEG speak BT.601, high-definition video BT.709.
public struct YUVEncoding: Hashable, Sendable {
    /// How much red and blue count in the luma.
    public enum Matrix: String, Hashable, Sendable, CaseIterable {
        /// Recommendation ITU-R BT.601: standard definition, webcams, JPEG.
        case bt601
        /// Recommendation ITU-R BT.709: high definition.
        case bt709
    }

    /// Which bytes stand for black and white.
    public enum Range: String, Hashable, Sendable, CaseIterable {
        /// Luma 16 to 235, colour differences 16 to 240: what most video carries.
        case video
        /// All of 0 to 255: JPEG and many phones.
        case full
    }

    public var matrix: Matrix
    public var range: Range

    public init(_ matrix: Matrix = .bt601, range: Range = .video) {
        self.matrix = matrix
        self.range = range
    }
}

/// Pictures from the planar and packed buffers of cameras and video decoders.
///
/// Colour differences of a pair of columns, or of two pairs of rows, hold for all of their pixels, as OpenCV reads them;
/// with an odd width or height, the last column or row has its own. Every initialiser copies, and checks first: what comes
/// from outside never traps.
extension Image {
    /// NV12: a plane of luma, and one of half the size in which the two colour differences take turns.
    ///
    /// - Parameters:
    ///   - luma: `height` rows of `width` bytes.
    ///   - chroma: `⌈height / 2⌉` rows of `⌈width / 2⌉` pairs, blue before red.
    ///   - lumaBytesPerRow: from row to row; `width` without it.
    ///   - chromaBytesPerRow: from row to row; `2⌈width / 2⌉` without it.
    /// - Complexity: O(pixels).
    public init(
        nv12 luma: UnsafeRawBufferPointer, chroma: UnsafeRawBufferPointer, width: Int, height: Int,
        lumaBytesPerRow: Int? = nil, chromaBytesPerRow: Int? = nil, encoding: YUVEncoding = YUVEncoding()
    ) throws(ImageLayoutError) {
        let plane = try SamplePlane(luma, columns: width, rows: height, bytesPerRow: lumaBytesPerRow)
        let (columns, rows) = (width.halfRoundedUp, height.halfRoundedUp)
        let pairs = try SamplePlane(
            chroma, columns: columns, rows: rows, bytesPerSample: 2, bytesPerRow: chromaBytesPerRow)
        self = Self.converted(width: width, height: height, encoding) { row, column in
            let at = pairs.offset(row / 2, column / 2)
            return (plane.bytes[plane.offset(row, column)], pairs.bytes[at], pairs.bytes[at + 1])
        }
    }

    /// NV12 in one piece: the plane of colour differences follows the luma at once, with rows as long.
    public init(
        nv12 bytes: [UInt8], width: Int, height: Int, bytesPerRow: Int? = nil, encoding: YUVEncoding = YUVEncoding()
    ) throws(ImageLayoutError) {
        self = try Self.reading(bytes) { buffer throws(ImageLayoutError) in
            let stride = bytesPerRow ?? width
            let luma = try SamplePlane(buffer, columns: width, rows: height, bytesPerRow: stride)
            let begin = min(luma.bytesPerRow * height, buffer.count)
            return try Image(
                nv12: buffer, chroma: UnsafeRawBufferPointer(rebasing: buffer[begin...]), width: width, height: height,
                lumaBytesPerRow: stride, chromaBytesPerRow: bytesPerRow, encoding: encoding)
        }
    }

    /// I420 (YUV 4:2:0 planar): a plane of luma and two of half the size, blue before red.
    ///
    /// - Complexity: O(pixels).
    public init(
        i420 planes: I420Planes, width: Int, height: Int, encoding: YUVEncoding = YUVEncoding()
    ) throws(ImageLayoutError) {
        let luma = try SamplePlane(planes.y, columns: width, rows: height, bytesPerRow: planes.lumaBytesPerRow)
        let (columns, rows) = (width.halfRoundedUp, height.halfRoundedUp)
        let blue = try SamplePlane(planes.u, columns: columns, rows: rows, bytesPerRow: planes.chromaBytesPerRow)
        let red = try SamplePlane(planes.v, columns: columns, rows: rows, bytesPerRow: planes.chromaBytesPerRow)
        self = Self.converted(width: width, height: height, encoding) { row, column in
            (
                luma.bytes[luma.offset(row, column)], blue.bytes[blue.offset(row / 2, column / 2)],
                red.bytes[red.offset(row / 2, column / 2)]
            )
        }
    }

    /// I420 in one piece without padding: luma, blue difference, red difference, as ffmpeg's `yuv420p` leaves a pipe.
    public init(
        i420 bytes: [UInt8], width: Int, height: Int, encoding: YUVEncoding = YUVEncoding()
    ) throws(ImageLayoutError) {
        self = try Self.reading(bytes) { buffer throws(ImageLayoutError) in
            _ = try SamplePlane(buffer, columns: width, rows: height, bytesPerRow: nil)
            let (luma, chroma) = (width * height, width.halfRoundedUp * height.halfRoundedUp)
            let (blue, red) = (min(luma, buffer.count), min(luma + chroma, buffer.count))
            let planes = I420Planes(
                y: buffer, u: UnsafeRawBufferPointer(rebasing: buffer[blue...]),
                v: UnsafeRawBufferPointer(rebasing: buffer[red...]))
            return try Image(i420: planes, width: width, height: height, encoding: encoding)
        }
    }

    /// YUYV (YUV 4:2:2 packed, YUY2): luma, blue difference, luma, red difference of two columns; what many webcams send.
    ///
    /// - Parameters:
    ///   - bytes: `height` rows of `⌈width / 2⌉` groups of four bytes.
    ///   - bytesPerRow: from row to row; `4⌈width / 2⌉` without it.
    /// - Complexity: O(pixels).
    public init(
        yuyv bytes: UnsafeRawBufferPointer, width: Int, height: Int, bytesPerRow: Int? = nil,
        encoding: YUVEncoding = YUVEncoding()
    ) throws(ImageLayoutError) {
        guard width > 0, height > 0 else { throw .noPixels(width: width, height: height) }
        let groups = try SamplePlane(
            bytes, columns: width.halfRoundedUp, rows: height, bytesPerSample: 4, bytesPerRow: bytesPerRow)
        self = Self.converted(width: width, height: height, encoding) { row, column in
            let at = groups.offset(row, column / 2)
            return (groups.bytes[at + column % 2 * 2], groups.bytes[at + 1], groups.bytes[at + 3])
        }
    }

    /// As ``init(yuyv:width:height:bytesPerRow:encoding:)-(UnsafeRawBufferPointer,_,_,_,_)``.
    public init(
        yuyv bytes: [UInt8], width: Int, height: Int, bytesPerRow: Int? = nil, encoding: YUVEncoding = YUVEncoding()
    ) throws(ImageLayoutError) {
        self = try Self.reading(bytes) { buffer throws(ImageLayoutError) in
            try Image(yuyv: buffer, width: width, height: height, bytesPerRow: bytesPerRow, encoding: encoding)
        }
    }

    private static func reading(
        _ bytes: [UInt8], _ make: (UnsafeRawBufferPointer) throws(ImageLayoutError) -> Image
    ) throws(ImageLayoutError) -> Image {
        try bytes.withUnsafeBytes { buffer in
            Result { () throws(ImageLayoutError) in try make(buffer) }
        }.get()
    }

    /// A picture of what `sample` gives for each row and column: luma, blue and red difference.
    private static func converted(
        width: Int, height: Int, _ encoding: YUVEncoding, sample: (Int, Int) -> (UInt8, UInt8, UInt8)
    ) -> Image {
        let table = YUVTable(encoding)
        return Image(width: width, height: height) { (target: UnsafeMutableBufferPointer<UInt8>) in
            var to = 0
            for row in 0..<height {
                for column in 0..<width {
                    let (y, u, v) = sample(row, column)
                    (target[to], target[to + 1], target[to + 2]) = table.rgb(y, u, v)
                    to += 3
                }
            }
        }
    }
}

/// The three planes of an I420 picture, where a camera or a decoder left them.
public struct I420Planes {
    /// The luma: as many rows as the picture, of as many bytes.
    public var y: UnsafeRawBufferPointer
    /// The blue difference: `⌈height / 2⌉` rows of `⌈width / 2⌉` bytes.
    public var u: UnsafeRawBufferPointer
    /// The red difference, as large.
    public var v: UnsafeRawBufferPointer
    /// From row to row of the luma; the picture's width when nil.
    public var lumaBytesPerRow: Int?
    /// From row to row of both differences; `⌈width / 2⌉` when nil.
    public var chromaBytesPerRow: Int?

    public init(
        y: UnsafeRawBufferPointer, u: UnsafeRawBufferPointer, v: UnsafeRawBufferPointer, lumaBytesPerRow: Int? = nil,
        chromaBytesPerRow: Int? = nil
    ) {
        (self.y, self.u, self.v) = (y, u, v)
        self.lumaBytesPerRow = lumaBytesPerRow
        self.chromaBytesPerRow = chromaBytesPerRow
    }
}

/// A plane of a foreign buffer, checked to hold all of its rows.
private struct SamplePlane {
    let bytes: UnsafeRawBufferPointer
    let bytesPerRow: Int
    private let bytesPerSample: Int

    init(
        _ bytes: UnsafeRawBufferPointer, columns: Int, rows: Int, bytesPerSample: Int = 1, bytesPerRow: Int?
    ) throws(ImageLayoutError) {
        let layout = PixelLayout(bytesPerPixel: bytesPerSample, red: 0, green: 0, blue: 0)
        self.bytesPerRow = try layout.checkedStride(
            width: columns, height: rows, bytesPerRow: bytesPerRow, byteCount: bytes.count)
        (self.bytes, self.bytesPerSample) = (bytes, bytesPerSample)
    }

    func offset(_ row: Int, _ column: Int) -> Int { row * bytesPerRow + column * bytesPerSample }
}

/// The conversion in fixed point with sixteen bits behind the point.
private struct YUVTable {
    private let luma: Int32
    private let black: Int32
    private let redFromV: Int32
    private let greenFromU: Int32
    private let greenFromV: Int32
    private let blueFromU: Int32

    /// - Source: ITU-R BT.601-7 and BT.709-6, sections on signal format: E'R − E'Y scaled by 2(1 − Kr), E'B − E'Y by
    ///   2(1 − Kb), and the ranges of section "digital representation".
    init(_ encoding: YUVEncoding) {
        let (red, blue) =
            switch encoding.matrix {
            case .bt601: (0.299, 0.114)
            case .bt709: (0.2126, 0.0722)
            }
        let green = 1 - red - blue
        let isFull = encoding.range == .full
        let (lumaScale, chromaScale) = isFull ? (1, 1) : (255.0 / 219, 255.0 / 224)
        func fixed(_ value: Double) -> Int32 { Int32((value * 65_536).rounded()) }
        black = isFull ? 0 : 16
        luma = fixed(lumaScale)
        redFromV = fixed(2 * (1 - red) * chromaScale)
        blueFromU = fixed(2 * (1 - blue) * chromaScale)
        greenFromV = fixed(2 * (1 - red) * red / green * chromaScale)
        greenFromU = fixed(2 * (1 - blue) * blue / green * chromaScale)
    }

    func rgb(_ y: UInt8, _ u: UInt8, _ v: UInt8) -> (UInt8, UInt8, UInt8) {
        let base = (Int32(y) - black) * luma + 32_768
        let (u, v) = (Int32(u) - 128, Int32(v) - 128)
        func byte(_ value: Int32) -> UInt8 { UInt8(clamping: value >> 16) }
        return (
            byte(base + redFromV * v), byte(base - greenFromU * u - greenFromV * v), byte(base + blueFromU * u)
        )
    }
}

extension Int {
    /// Half of it, rounded up where it is odd; a negative number stays negative, so that the size check refuses it.
    fileprivate var halfRoundedUp: Int { self / 2 + (self > 0 ? self % 2 : 0) }
}
