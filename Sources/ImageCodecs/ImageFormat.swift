/// The file formats that are decoded, known by their first bytes and never by a file's name.
public enum ImageFormat: String, Sendable, Hashable {
    case jpeg = "JPEG"
    case png = "PNG"
}

/// Formats that are recognised only to say so in the error.
public enum ForeignImageFormat: String, Sendable, Hashable {
    case gif = "GIF"
    case webp = "WebP"
    case bmp = "BMP"
    case tiff = "TIFF"
    case heif = "HEIF"
    case avif = "AVIF"
    case jpegXL = "JPEG XL"
    case jpeg2000 = "JPEG 2000"
    case pdf = "PDF"
}

/// What the first bytes of a file say about it.
enum FormatSignature: Hashable {
    case supported(ImageFormat)
    case foreign(ForeignImageFormat)
    case unknown

    init(_ bytes: UnsafeRawBufferPointer) {
        func hasBytes(_ signature: [UInt8], at offset: Int = 0) -> Bool {
            bytes.count >= offset + signature.count
                && signature.indices.allSatisfy { bytes[offset + $0] == signature[$0] }
        }
        func hasText(_ signature: String, at offset: Int = 0) -> Bool { hasBytes(Array(signature.utf8), at: offset) }
        let brands = { (names: [String]) in hasText("ftyp", at: 4) && names.contains { hasText($0, at: 8) } }

        self =
            if hasBytes([0xFF, 0xD8, 0xFF]) {
                .supported(.jpeg)
            } else if hasBytes(PNGStructure.signature) {
                .supported(.png)
            } else if hasText("GIF87a") || hasText("GIF89a") {
                .foreign(.gif)
            } else if hasText("RIFF") && hasText("WEBP", at: 8) {
                .foreign(.webp)
            } else if hasText("BM") && hasBytes([0, 0, 0, 0], at: 6) {
                .foreign(.bmp)
            } else if hasBytes([0x49, 0x49, 0x2A, 0]) || hasBytes([0x4D, 0x4D, 0, 0x2A]) {
                .foreign(.tiff)
            } else if brands(["avif", "avis"]) {
                .foreign(.avif)
            } else if brands(["heic", "heix", "hevc", "heim", "mif1", "msf1"]) {
                .foreign(.heif)
            } else if hasBytes([0xFF, 0x0A]) || hasBytes([0, 0, 0, 0x0C, 0x4A, 0x58, 0x4C, 0x20]) {
                .foreign(.jpegXL)
            } else if hasBytes([0, 0, 0, 0x0C, 0x6A, 0x50, 0x20, 0x20]) || hasBytes([0xFF, 0x4F, 0xFF, 0x51]) {
                .foreign(.jpeg2000)
            } else if hasText("%PDF-") {
                .foreign(.pdf)
            } else {
                .unknown
            }
    }
}
