/// What is cut out of a picture for the classifier, given a face's box and landmarks.
///
/// The defaults are those that kept most accuracy in `Docs/FaceCrops.md`: faces with landmarks turned upright, the square
/// around the box of others, 5 % around either.
public struct FaceCropping: Hashable, Sendable {
    /// The outline of a crop.
    public enum Outline: String, Hashable, Sendable, CaseIterable, Codable {
        /// The face's box.
        case box
        /// The square around the middle of the box whose side is the longer one of the box.
        case square
    }

    /// What stands in a crop where it reaches beyond the picture.
    public enum Border: String, Hashable, Sendable, CaseIterable, Codable {
        /// Nothing: the crop is cut at the border, and so may have other proportions.
        case clip
        /// The picture mirrored at its border.
        case reflect
    }

    /// How far the crop reaches beyond the outline on each side, as a part of its width and height.
    public var padding: Double
    /// The outline of crops that are not aligned.
    public var outline: Outline
    /// What stands beyond the picture in crops that are not aligned; aligned ones are mirrored there.
    public var border: Border
    /// Whether faces with landmarks are turned upright and brought to one size; others are cut out as they stand.
    public var alignsByLandmarks: Bool

    /// - Precondition: `padding` is finite and not negative.
    public init(
        padding: Double = 0.05, outline: Outline = .square, border: Border = .clip, alignsByLandmarks: Bool = true
    ) {
        precondition(padding.isFinite && padding >= 0, "crop padding of \(padding)")
        self.padding = padding
        self.outline = outline
        self.border = border
        self.alignsByLandmarks = alignsByLandmarks
    }

    /// The box with 10 % around it, cut at the border, as it stands.
    ///
    /// - Source: the original system's face region extraction.
    public static let plainBox = FaceCropping(padding: 0.10, outline: .box, border: .clip, alignsByLandmarks: false)
}
