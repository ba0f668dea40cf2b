public import Imaging
internal import TensorEngine

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

extension FaceCropping {
    /// The part of `image` that shows `face`, as these rules cut it; at least one pixel in each direction.
    ///
    /// A face that is only assumed is taken as it is, since its box already leaves room.
    /// - Complexity: O(pixels of the crop), of which there are at most nine times those of the picture.
    public func crop(of face: DetectedFace, in image: Image) -> Image {
        guard face.stage.isDetection else { return image.cropped(to: face.imageBox) }
        if alignsByLandmarks, let aligned = alignedCrop(of: face, in: image) { return aligned }
        let box = cropBox(of: face)
        return border == .clip ? image.cropped(to: box) : filledCrop(to: box, of: image)
    }

    /// Where the crop of `face` lies before it is cut at the border: the outline and the padding around it.
    package func cropBox(of face: DetectedFace) -> Rect {
        guard face.stage.isDetection else { return face.imageBox }
        var box = face.imageBox
        if outline == .square {
            let (center, side) = (box.center, max(box.width, box.height))
            box = Rect(x: center.x - side / 2, y: center.y - side / 2, width: side, height: side)
        }
        let (horizontal, vertical) = (padding * box.width, padding * box.height)
        return Rect(
            left: box.left - horizontal, top: box.top - vertical, right: box.right + horizontal,
            bottom: box.bottom + vertical)
    }

    /// Whole pixels as ``Image/cropped(to:)`` takes them, and beyond the border by at most the picture's own size.
    private func filledCrop(to box: Rect, of image: Image) -> Image {
        let columns = Self.pixels(from: box.left, to: box.right, extent: image.width)
        let rows = Self.pixels(from: box.top, to: box.bottom, extent: image.height)
        let shift = AffineTransform(
            a: 1, b: 0, tx: -Double(columns.lowerBound), c: 0, d: 1, ty: -Double(rows.lowerBound))
        return image.warped(by: shift, to: Size(height: rows.count, width: columns.count), border: border.warp)
    }

    private static func pixels(from low: Double, to high: Double, extent: Int) -> Range<Int> {
        func pixel(_ edge: Double) -> Int {
            let (least, most) = (-Double(extent), 2 * Double(extent))
            return Int((edge > least ? min(edge, most) : least).rounded(.down))
        }
        let first = min(pixel(low), 2 * extent - 1)
        return first..<max(pixel(high), first + 1)
    }

    private func alignedCrop(of face: DetectedFace, in image: Image) -> Image? {
        guard let landmarks = face.landmarks, let alignment = FaceAlignment(of: landmarks) else { return nil }
        let sides = AlignedFaceTemplate.side * alignment.pixelsPerUnit * (1 + 2 * padding)
        let limit = Double(3 * max(image.width, image.height))
        guard sides.isFinite, sides >= 1, sides <= limit else { return nil }
        let side = Int(sides.rounded())
        return image.warped(
            by: alignment.transform(toSquareOf: Double(side), padding: padding), to: Size(side: side),
            border: border.warp)
    }
}

extension FaceCropping.Border {
    /// The same for a warp, which fills every pixel.
    fileprivate var warp: WarpBorder {
        switch self {
        case .clip, .replicate: .replicate
        case .reflect: .reflect
        case .black: .constant(.black)
        }
    }
}
