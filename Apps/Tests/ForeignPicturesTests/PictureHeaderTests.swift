import EmotionDetection
import ImageCodecs
import Testing

@testable import ForeignPictures

/// Headers made by hand, byte for byte as the formats' specifications have them.
@Suite struct PictureHeaderTests {
    private static func little(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }

    private static func big(_ value: Int, _ count: Int) -> [UInt8] { little(value, count).reversed() }

    /// A directory with the three tags, LONG, LONG and SHORT.
    private static func tiff(_ width: Int, _ height: Int, orientation: Int, isLittle: Bool) -> [UInt8] {
        let number = isLittle ? little : big
        func entry(_ tag: Int, _ type: Int, _ value: [UInt8]) -> [UInt8] {
            number(tag, 2) + number(type, 2) + number(1, 4) + value
        }
        let sizes = entry(256, 4, number(width, 4)) + entry(257, 4, number(height, 4))
        let directory: [UInt8] = sizes + entry(274, 3, number(orientation, 2) + [0, 0])
        let header: [UInt8] = Array((isLittle ? "II" : "MM").utf8) + number(42, 2) + number(8, 4)
        return header + number(3, 2) + directory + number(0, 4)
    }

    private static func riff(_ chunks: [(String, [UInt8])]) -> [UInt8] {
        var body: [UInt8] = []
        for (kind, content) in chunks {
            body += Array(kind.utf8) + little(content.count, 4) + content
            if content.count % 2 == 1 { body.append(0) }
        }
        return Array("RIFF".utf8) + little(body.count + 4, 4) + Array("WEBP".utf8) + body
    }

    private static func box(_ kind: String, _ content: [UInt8]) -> [UInt8] {
        big(content.count + 8, 4) + Array(kind.utf8) + content
    }

    /// A HEIF file whose item 2 is the primary one, of 4000×3000 pixels, and whose item 1 is a tile of 512×512.
    private static func heif(_ turns: [[UInt8]]) -> [UInt8] {
        let sizes = [(512, 512), (4000, 3000)].map { box("ispe", big(0, 4) + big($0.0, 4) + big($0.1, 4)) }
        let places = [UInt8(0x82)] + turns.indices.map { UInt8(0x83 + $0) }
        let first: [UInt8] = big(1, 2) + [1, 0x81]
        let second: [UInt8] = big(2, 2) + [UInt8(places.count)] + places
        let associations: [UInt8] = big(0, 4) + big(2, 4) + first + second
        let list: [UInt8] = Array((sizes + turns).joined())
        let properties = box("ipco", list) + box("ipma", associations)
        let meta = big(0, 4) + box("pitm", big(0, 4) + big(2, 2)) + box("iprp", properties)
        return box("ftyp", Array("heic".utf8) + big(0, 4)) + box("meta", meta)
    }

    @Test func readsSizes() {
        let gif = Array("GIF89a".utf8) + Self.little(640, 2) + Self.little(480, 2) + [0, 0, 0]
        #expect(PictureHeader(gif, format: .gif) == PictureHeader(width: 640, height: 480))
        // Stored top down.
        let size: [UInt8] = Self.little(40, 4) + Self.little(640, 4) + Self.little(-480, 4)
        let bmp: [UInt8] = Array("BM".utf8) + [UInt8](repeating: 0, count: 12) + size
        #expect(PictureHeader(bmp, format: .bmp) == PictureHeader(width: 640, height: 480))
        let lossy = Self.riff([("VP8 ", [0, 0, 0, 0x9D, 0x01, 0x2A] + Self.little(640, 2) + Self.little(480, 2))])
        #expect(PictureHeader(lossy, format: .webp) == PictureHeader(width: 640, height: 480))
        let lossless = Self.riff([("VP8L", [0x2F] + Self.little(639 | 479 << 14, 4))])
        #expect(PictureHeader(lossless, format: .webp) == PictureHeader(width: 640, height: 480))
        let extended = Self.riff([("VP8X", [0, 0, 0, 0] + Self.little(639, 3) + Self.little(479, 3))])
        #expect(PictureHeader(extended, format: .webp) == PictureHeader(width: 640, height: 480))
        #expect(PictureHeader(Self.heif([]), format: .heif) == PictureHeader(width: 4000, height: 3000))
    }

    @Test(arguments: [true, false]) func readsHowATIFFLies(isLittle: Bool) {
        let bytes = Self.tiff(640, 480, orientation: 6, isLittle: isLittle)
        #expect(PictureHeader(bytes, format: .tiff) == PictureHeader(width: 640, height: 480, turns: [.right]))
    }

    @Test(arguments: ["", "Exif\0\0"]) func readsHowAWebPLies(prefix: String) {
        let exif = Array(prefix.utf8) + Self.tiff(1, 1, orientation: 3, isLittle: false)
        let bytes = Self.riff([("VP8X", [8, 0, 0, 0] + Self.little(639, 3) + Self.little(479, 3)), ("EXIF", exif)])
        #expect(PictureHeader(bytes, format: .webp) == PictureHeader(width: 640, height: 480, turns: [.down]))
    }

    /// A quarter turn against the clock, then top and bottom exchanged.
    @Test func readsHowAHEIFLies() {
        let header = PictureHeader(Self.heif([Self.box("irot", [1]), Self.box("imir", [0])]), format: .heif)
        #expect(header?.turns == [.left, .downMirrored])
        // Two pixels side by side, red and blue: turned, the right one is above; mirrored, below.
        let image = Image(width: 2, height: 1, pixels: [255, 0, 0, 0, 0, 255])
        let upright = (header?.turns ?? []).reduce(image) { $0.upright(from: $1) }
        #expect(upright == Image(width: 1, height: 2, pixels: [255, 0, 0, 0, 0, 255]))
    }

    /// Every beginning of every header is refused or read, and none is read beyond its end.
    @Test func survivesCutHeaders() {
        let wholes: [([UInt8], ForeignImageFormat)] = [
            (Self.heif([Self.box("irot", [1])]), .heif), (Self.tiff(9, 9, orientation: 1, isLittle: true), .tiff),
            (Self.riff([("VP8X", [8, 0, 0, 0, 1, 0, 0, 1, 0, 0]), ("EXIF", [0x49, 0x49])]), .webp),
        ]
        for (bytes, format) in wholes {
            for length in 0..<bytes.count { _ = PictureHeader(Array(bytes.prefix(length)), format: format) }
            for index in bytes.indices {
                var changed = bytes
                changed[index] = 0xFF
                _ = PictureHeader(changed, format: format)
            }
            #expect(PictureHeader(Array(bytes.prefix(9)), format: format) == nil)
        }
    }

    @Test func refusesWhatIsTooLargeBeforeFFmpegIsAsked() {
        let gif = Array("GIF89a".utf8) + Self.little(60_000, 2) + Self.little(60_000, 2)
        let error = ForeignPictureError.limit(.tooManyPixels(width: 60_000, height: 60_000, limit: 67_108_864))
        #expect(throws: error) { try ForeignPicture.decode(gif, format: .gif) }
    }

    @Test func namesACommandThatConverts() {
        let reason = ForeignPictureError.unreadable(.heif, .byThisFFmpeg).reason(for: "my photos/IMG 1.heic")
        #expect(reason.contains("heif-convert 'my photos/IMG 1.heic' 'my photos/IMG 1.png'"))
        #expect(reason.contains("libheif-examples"))
    }
}
