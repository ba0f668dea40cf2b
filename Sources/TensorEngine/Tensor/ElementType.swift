/// How one number is stored, in a weight file or in the packed weights of a kernel: the one place that names the types.
///
/// The raw values are those of the safetensors format.
public enum ElementType: String, Sendable {
    /// IEEE 754 binary16, little-endian.
    case float16 = "F16"
    /// IEEE 754 binary32, little-endian.
    case float32 = "F32"

    /// Bytes an element takes.
    public var byteCount: Int {
        switch self {
        case .float16: 2
        case .float32: 4
        }
    }
}
