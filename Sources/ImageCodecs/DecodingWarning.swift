/// What is out of the ordinary in a file whose picture was decoded all the same.
public enum DecodingWarning: Hashable, Sendable {
    /// Bytes that belong to nothing stand between two parts of the file, from byte `offset` on.
    case strayBytes(count: Int, offset: Int)
    /// The file ends after the picture, without the mark that says so.
    case missingEndMarker
    /// Bytes of no meaning follow the compressed data; `message` is the codec's own.
    case paddedData(message: String)
    /// The colours are stored at a resolution that no usual program chooses; the sampling factors of each component.
    case unusualSampling(String)
    /// The file says of itself what no standard knows, such as a version of JFIF; `field` names it.
    case unknownHeaderValue(field: String)
}

extension DecodingWarning: CustomStringConvertible {
    public var description: String {
        switch self {
        case .strayBytes(let count, let offset):
            "\(count) stray \(count == 1 ? "byte" : "bytes") between two parts of the file, at byte \(offset)"
        case .missingEndMarker: "the end of the file is missing; the picture is whole"
        case .paddedData: "bytes without meaning after the compressed data"
        case .unusualSampling(let factors): "unusual chroma sampling, \(factors)"
        case .unknownHeaderValue(let field): "unknown \(field)"
        }
    }
}
