/// Checksums by their definition, to compare large results with those of other programs.
public enum Checksum {
    /// The CRC-32 of zlib, PNG and `zlib.crc32` of Python.
    public static func crc32(_ bytes: some Sequence<UInt8>) -> UInt32 {
        ~bytes.reduce(UInt32.max) { crc, byte in
            (0..<8).reduce(crc ^ UInt32(byte)) { crc, _ in crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
        }
    }
}
