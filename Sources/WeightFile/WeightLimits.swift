/// The largest weight file that is read at all; a file beyond them is refused before memory is spent on it.
///
/// EfficientNet-B2 needs a header of 43 KiB and 441 tensors.
enum WeightLimits {
    static let headerByteCount = 1 << 20
    static let tensorCount = 4_096
    static let rank = 8
    /// UTF-8 bytes of a tensor's name; the longest of EfficientNet-B2 has 48.
    static let nameByteCount = 256
}
