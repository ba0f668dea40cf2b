#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A small picture of the face at one moment, made only where somebody asked for it.
///
/// It is drawn into the HTML file and kept nowhere else: ``SessionReport`` leaves it out of its JSON.
public struct Still: Sendable, Hashable {
    /// Seconds since the session began; that of a ``QuestionReview/Moment``.
    public let timestamp: Double
    /// A whole JPEG file.
    public let jpeg: [UInt8]
    public let widthPixels: Int
    public let heightPixels: Int

    public init(timestamp: Double, jpeg: [UInt8], widthPixels: Int, heightPixels: Int) {
        self.timestamp = timestamp
        self.jpeg = jpeg
        self.widthPixels = widthPixels
        self.heightPixels = heightPixels
    }
}

extension Still {
    /// The file as a `data:` address holds it.
    var base64: String { Data(jpeg).base64EncodedString() }
}
