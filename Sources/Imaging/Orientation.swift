/// How a stored picture lies, by EXIF's numbers: where its first row and first column are when it is seen upright.
///
/// - Source: CIPA DC-008 (Exif 2.32), tag 274; the names are those of Apple's ImageIO.
public enum Orientation: UInt16, CaseIterable, Sendable, Hashable {
    /// Row 0 is at the top, column 0 at the left: nothing to turn.
    case up = 1
    case upMirrored = 2
    case down = 3
    case downMirrored = 4
    /// Rows and columns exchanged.
    case leftMirrored = 5
    /// Lies on its left side: seen upright after a quarter turn clockwise.
    case right = 6
    case rightMirrored = 7
    /// Lies on its right side: seen upright after a quarter turn counterclockwise.
    case left = 8

    /// Whether width and height change places when the picture is turned upright.
    public var swapsSides: Bool { rawValue >= Orientation.leftMirrored.rawValue }
}
