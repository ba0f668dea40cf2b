import ConsoleOutput
import EmotionDetection
import ForeignPictures
import ImageCodecs

/// A picture as it was read: its pixels, and what they were in the file.
struct PictureContent: Sendable {
    let image: Image
    /// How many of the file's pixels a side became one of ``image``.
    let reduction: Int
    /// The picture's size in the file, upright.
    let originalSize: Size
    /// What is odd about the file.
    let warnings: [String]

    init(_ decoded: DecodedImage) {
        image = decoded.image
        reduction = decoded.reduction
        originalSize = decoded.originalSize
        warnings = decoded.warnings.map { "\($0)" }
    }

    init(_ picture: ForeignPicture) {
        image = picture.image
        reduction = picture.reduction
        originalSize = picture.originalSize
        warnings = []
    }

    /// The picture's own size, by how much it was reduced for the analysis, and what is odd about the file; all other
    /// numbers are in the picture's own pixels.
    var jsonMembers: [JSONValue.Member] {
        [
            .init("image_size", .array([.integer(originalSize.width), .integer(originalSize.height)])),
            .init("reduced_by", .integer(reduction)),
            .init("warnings", .array(warnings.map { .string($0) })),
        ]
    }
}
