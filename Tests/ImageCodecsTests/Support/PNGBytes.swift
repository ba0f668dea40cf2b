import TestSupport

/// PNG files put together by hand, sound or broken on purpose.
enum PNGBytes {
    static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    static func bigEndian(_ number: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
    }

    static func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
        let covered = Array(type.utf8) + data
        return bigEndian(UInt32(data.count)) + covered + bigEndian(Checksum.crc32(covered))
    }

    /// IHDR of an 8-bit RGB picture.
    static func header(width: UInt32, height: UInt32) -> [UInt8] {
        chunk("IHDR", bigEndian(width) + bigEndian(height) + [8, 2, 0, 0, 0])
    }

    /// Where the bytes of the chunks' data lie.
    static func dataPositions(of file: [UInt8]) -> [Int] { chunks(of: file).flatMap(Array.init) }

    /// The same chunks, each with the checksum of its content.
    static func withValidChecksums(_ file: [UInt8]) -> [UInt8] {
        chunks(of: file).reduce(into: file) { file, data in
            let checksum = Checksum.crc32(file[(data.lowerBound - 4)..<data.upperBound])
            file.replaceSubrange(data.upperBound..<(data.upperBound + 4), with: bigEndian(checksum))
        }
    }

    /// The range of each chunk's data.
    private static func chunks(of file: [UInt8]) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var offset = signature.count
        while offset + 12 <= file.count {
            let count = file[offset..<(offset + 4)].reduce(0) { $0 << 8 | Int($1) }
            ranges.append((offset + 8)..<(offset + 8 + count))
            offset += 12 + count
        }
        return ranges
    }
}
