/// Files that are taken for weight files by mistake, known by their first bytes.
enum ForeignFile {
    /// What the file is; nil where it may be a weight file, or is nothing that is known.
    static func kind(of bytes: UnsafeRawBufferPointer) -> String? {
        // A header's text begins behind its length: whatever the length's bytes spell, this is one.
        let textOffset = WeightReader.lengthFieldByteCount
        if bytes.count > textOffset, bytes[textOffset] == UInt8(ascii: "{") { return nil }
        return signatures.first { $0.matches(bytes) }?.kind
    }

    private struct Signature: Sendable {
        /// What each byte from `offset` on may be.
        let bytes: [ClosedRange<UInt8>]
        let offset: Int
        let kind: String

        init(_ bytes: [UInt8], at offset: Int = 0, _ kind: String) {
            self.init(bytes.map { $0...$0 }, at: offset, kind)
        }

        init(_ text: String, at offset: Int = 0, _ kind: String) { self.init(Array(text.utf8), at: offset, kind) }

        init(_ bytes: [ClosedRange<UInt8>], at offset: Int = 0, _ kind: String) {
            self.bytes = bytes
            self.offset = offset
            self.kind = kind
        }

        func matches(_ file: UnsafeRawBufferPointer) -> Bool {
            file.count >= offset + bytes.count && bytes.indices.allSatisfy { bytes[$0].contains(file[offset + $0]) }
        }
    }

    /// - Source: the formats' own specifications.
    private static let signatures = [
        Signature(
            "version https://git-lfs", "a pointer of Git LFS instead of the file itself; fetch it with git lfs pull"),
        Signature([0xFF, 0xD8, 0xFF], "a JPEG picture"),
        Signature([0x89, 0x50, 0x4E, 0x47], "a PNG picture"),
        Signature("GIF8", "a GIF picture"),
        Signature("WEBP", at: 8, "a WebP picture"),
        Signature("ftyp", at: 4, "a video or a HEIF picture"),
        Signature([0x1A, 0x45, 0xDF, 0xA3], "a Matroska or WebM video"),
        Signature("%PDF-", "a PDF document"),
        Signature("PK\u{3}\u{4}", "a ZIP archive, as PyTorch writes .pt and .pth files; convert it to safetensors"),
        // A pickle of protocol 2 to 5.
        Signature([0x80...0x80, 2...5], "a pickle, as older PyTorch writes .pth files; convert it to safetensors"),
        Signature([0x89, 0x48, 0x44, 0x46], "an HDF5 file, as Keras writes .h5 files; convert it to safetensors"),
        Signature([0x93] + Array("NUMPY".utf8), "a NumPy array; convert it to safetensors"),
        Signature("GGUF", "a GGUF model; convert it to safetensors"),
        Signature("TFL3", at: 4, "a TensorFlow Lite model; convert it to safetensors"),
        // Protobuf: the version of the format, then the producer's name, or the graph.
        Signature([0x08...0x08, 3...16, 0x12...0x12], "an ONNX model; convert it to safetensors"),
        Signature([0x08...0x08, 3...16, 0x3A...0x3A], "an ONNX model; convert it to safetensors"),
        Signature([0x1F, 0x8B], "a gzip archive; unpack it first"),
        Signature("<?xml", "an XML file; Weights/Conversion/convert_cascade.py converts a cascade of OpenCV"),
        Signature("<!DOCTYPE", "a web page, perhaps of a failed download"),
        Signature("<html", "a web page, perhaps of a failed download"),
        Signature("{\"", "a JSON text"),
        Signature([0x7F, 0x45, 0x4C, 0x46], "a program"),
    ]
}
