extension ImageDecoder {
    /// Whether a file that begins with `bytes`, of which 32 are enough, is a picture: one that is decoded here, or one of
    /// the formats that the error names.
    public static func recognizes(_ bytes: [UInt8]) -> Bool {
        switch bytes.withUnsafeBytes(FormatSignature.init) {
        case .supported: true
        case .foreign(let format): format != .pdf
        case .unknown: false
        }
    }
}
