import Imaging

/// Changed copies of a photograph, pixel for pixel those of `Weights/Conversion/fixtures_mtcnn.py`: whole numbers only.
enum PhotoCopy: String, CaseIterable, Decodable, Sendable {
    case same
    case halved
    case enlarged
    case turnedPlus15 = "turned_plus_15"
    case turnedMinus15 = "turned_minus_15"
    case turnedQuarter = "turned_quarter"
    case turnedHalf = "turned_half"
    case tiled

    /// cos 15° and sin 15° in units of 2⁻¹⁶.
    private static let (cosine, sine, unitBits) = (63303, 16962, 16)

    func callAsFunction(_ image: Image) -> Image {
        let (width, height) = (image.width, image.height)
        switch self {
        case .same: return image
        case .halved: return Self.halved(image)
        case .enlarged:
            return Self.picture(width * 3 / 2, height * 3 / 2, of: image) { ($0 * 2 / 3, $1 * 2 / 3) }
        case .turnedPlus15: return Self.turned(image, sine: Self.sine)
        case .turnedMinus15: return Self.turned(image, sine: -Self.sine)
        case .turnedQuarter: return Self.picture(height, width, of: image) { (width - 1 - $1, $0) }
        case .turnedHalf: return Self.picture(width, height, of: image) { (width - 1 - $0, height - 1 - $1) }
        case .tiled: return Self.picture(width * 2, height * 2, of: image) { ($0 % width, $1 % height) }
        }
    }

    /// Mean of 2×2 pixels, halves rounded up; an odd last row or column is left out.
    private static func halved(_ image: Image) -> Image {
        let (width, height) = (image.width / 2, image.height / 2)
        let (source, row) = (image.pixels, image.width * 3)
        var pixels: [UInt8] = []
        pixels.reserveCapacity(width * height * 3)
        for y in 0..<height {
            for index in 0..<(width * 3) {
                let first = 2 * y * row + index / 3 * 6 + index % 3
                let top = Int(source[first]) + Int(source[first + 3])
                let bottom = Int(source[first + row]) + Int(source[first + row + 3])
                pixels.append(UInt8((top + bottom + 2) >> 2))
            }
        }
        return Image(width: width, height: height, pixels: pixels)
    }

    /// Turned about the centre in the same size, by nearest neighbour, black outside.
    private static func turned(_ image: Image, sine: Int) -> Image {
        let (width, height) = (image.width, image.height)
        return picture(width, height, of: image) { x, y in
            let (dx, dy) = (2 * x + 1 - width, 2 * y + 1 - height)
            return (
                (cosine * dx + sine * dy + width << unitBits) >> (unitBits + 1),
                (cosine * dy - sine * dx + height << unitBits) >> (unitBits + 1)
            )
        }
    }

    /// A picture whose pixel (x, y) is the one of `image` that `place` names; black where that lies outside.
    private static func picture(
        _ width: Int, _ height: Int, of image: Image, from place: (Int, Int) -> (x: Int, y: Int)
    ) -> Image {
        let source = image.pixels
        var pixels = [UInt8](repeating: 0, count: width * height * 3)
        for y in 0..<height {
            for x in 0..<width {
                let from = place(x, y)
                guard from.x >= 0, from.x < image.width, from.y >= 0, from.y < image.height else { continue }
                for channel in 0..<3 {
                    pixels[(y * width + x) * 3 + channel] = source[(from.y * image.width + from.x) * 3 + channel]
                }
            }
        }
        return Image(width: width, height: height, pixels: pixels)
    }
}
