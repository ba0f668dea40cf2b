/// How a PNG stores its pixels.
///
/// - Source: PNG Specification, third edition, W3C 2025, sections 8 and 11.2.2.
struct PNGLayout: Hashable {
    enum ColorType: UInt8 {
        case gray = 0
        case rgb = 2
        case palette = 3
        case grayAlpha = 4
        case rgba = 6

        var channels: Int {
            switch self {
            case .gray, .palette: 1
            case .grayAlpha: 2
            case .rgb: 3
            case .rgba: 4
            }
        }

        fileprivate var depths: [UInt8] {
            switch self {
            case .gray: [1, 2, 4, 8, 16]
            case .palette: [1, 2, 4, 8]
            case .rgb, .grayAlpha, .rgba: [8, 16]
            }
        }
    }

    let colorType: ColorType
    /// Bits of a sample.
    let depth: Int
    let isInterlaced: Bool

    /// Nil for what no PNG can have.
    init?(header: ByteReader) {
        guard let depth = header.byte(at: 8), let color = header.byte(at: 9).flatMap(ColorType.init),
            color.depths.contains(depth), header.byte(at: 10) == 0, header.byte(at: 11) == 0,
            let interlace = header.byte(at: 12), interlace <= 1
        else { return nil }
        colorType = color
        self.depth = Int(depth)
        isInterlaced = interlace == 1
    }

    /// From a byte to the one a filter compares it with.
    var bytesPerPixel: Int { max(colorType.channels * depth / 8, 1) }

    func bytes(inRowOf width: Int) -> Int { (width * colorType.channels * depth + 7) / 8 }

    /// One of the seven parts of an interlaced picture: its first pixel and the steps to the next.
    struct Pass {
        let x: Int
        let y: Int
        let columns: Int
        let rows: Int
    }

    /// The passes that hold every pixel at multiples of `reduction`: those and no others of an interlaced picture are read.
    static func passes(for reduction: Int) -> [Pass] {
        let all = [
            Pass(x: 0, y: 0, columns: 8, rows: 8), Pass(x: 4, y: 0, columns: 8, rows: 8),
            Pass(x: 0, y: 4, columns: 4, rows: 8), Pass(x: 2, y: 0, columns: 4, rows: 4),
            Pass(x: 0, y: 2, columns: 2, rows: 4),
        ]
        return Array(all.prefix(reduction == 2 ? 5 : reduction == 4 ? 3 : 1))
    }
}
