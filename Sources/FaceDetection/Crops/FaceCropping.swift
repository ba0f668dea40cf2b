/// What is cut out of a picture for the classifier, given a face's box and landmarks.
///
/// The defaults are those of `Docs/FaceCrops.md`, and those that the bundled weights were trained with: faces with
/// landmarks turned upright, the square around the box of others, 5 % around either, the picture's edge repeated beyond it.
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
        /// Nothing: the crop is cut at the border, and so may have other proportions. Aligned crops, which cannot be cut,
        /// show the edge repeated.
        case clip
        /// The nearest pixel of the picture's edge.
        case replicate
        /// The picture mirrored at its border: where a face is cut off, a second one grows out of it.
        case reflect
        /// Black.
        case black
    }

    /// How far the crop reaches beyond the outline on each side, as a part of its width and height.
    public var padding: Double
    /// The outline of crops that are not aligned.
    public var outline: Outline
    /// What stands beyond the picture.
    public var border: Border
    /// Whether faces with landmarks are turned upright and brought to one size; others are cut out as they stand.
    public var alignsByLandmarks: Bool

    /// - Precondition: `padding` is finite and not negative.
    public init(
        padding: Double = 0.05, outline: Outline = .square, border: Border = .replicate,
        alignsByLandmarks: Bool = true
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
