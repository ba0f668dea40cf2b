/// How one element of a tensor lies in the file.
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
