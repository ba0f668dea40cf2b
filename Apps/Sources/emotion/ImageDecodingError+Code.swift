import ImageCodecs

extension ImageDecodingError {
    /// A word for programs, the same for all failures of a kind and never changed once published.
    var code: String {
        switch self {
        case .unreadableFile: "unreadable_file"
        case .notARegularFile: "not_a_regular_file"
        case .empty: "empty_file"
        case .tooManyBytes, .sideTooLong, .tooManyPixels, .tooManyScans: "limit_exceeded"
        case .unsupportedFormat, .unrecognizedFormat, .unsupportedFeature: "unsupported_format"
        case .noPixels, .malformed, .damagedData: "damaged_picture"
        case .truncated: "truncated_file"
        }
    }
}
