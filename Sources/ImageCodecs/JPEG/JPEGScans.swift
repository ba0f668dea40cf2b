/// The scans of a JPEG, counted without decoding one.
///
/// - Source: ITU-T T.81, section B.1.1: within compressed data 0xFF is followed by 0 or is a restart marker.
enum JPEGScans {
    /// Whether there are more than `limit` scans from `offset` on, where the first begins.
    ///
    /// - Complexity: O(bytes).
    static func exceed(_ limit: Int, in bytes: UnsafeRawBufferPointer, from offset: Int) -> Bool {
        let reader = ByteReader(bytes: bytes)
        var (position, count) = (offset, 0)
        while let marker = reader.byte(at: position + 1) {
            guard reader.byte(at: position) == 0xFF, marker != 0, marker != 0xFF else {
                position += 1
                continue
            }
            if marker == JPEGMarker.endOfImage { return false }
            if marker == JPEGMarker.startOfScan {
                count += 1
                if count > limit { return true }
            }
            let hasLength = !JPEGMarker.standsAlone(marker)
            position += 2 + (hasLength ? reader.uint16(at: position + 2).map(Int.init) ?? 0 : 0)
        }
        return false
    }
}
