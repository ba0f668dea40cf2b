/// Puts the checksums of a PNG file's chunks right, so that changed chunks are not refused for their checksum alone.
enum PNGChecksums {
    private static let signatureLength = 8

    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
    }

    /// `file` with right checksums; as it is where it has no PNG signature.
    static func mended(_ file: [UInt8]) -> [UInt8] {
        guard file.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) else { return file }
        var mended = file
        var start = signatureLength
        while start + 12 <= file.count {
            let length = file[start..<(start + 4)].reduce(0) { $0 << 8 | Int($1) }
            let end = start + 8 + length
            guard end + 4 <= file.count else { break }
            let sum = ~file[(start + 4)..<end].reduce(~UInt32(0)) { $0 >> 8 ^ table[Int(UInt8($0 & 255) ^ $1)] }
            for index in 0..<4 { mended[end + index] = UInt8(truncatingIfNeeded: sum >> (24 - 8 * UInt32(index))) }
            start = end + 4
        }
        return mended
    }
}
