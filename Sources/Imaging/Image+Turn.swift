extension Image {
    /// The picture as it is meant to be seen, given how it is stored.
    public func upright(from orientation: Orientation) -> Image {
        guard orientation != .up else { return self }
        let last = width * height - 1
        let (first, across, down) =
            switch orientation {
            case .up: (0, 1, width)
            case .upMirrored: (width - 1, -1, width)
            case .down: (last, -1, -width)
            case .downMirrored: (last + 1 - width, 1, -width)
            case .leftMirrored: (0, width, 1)
            case .right: (last + 1 - width, -width, 1)
            case .rightMirrored: (last, -width, -1)
            case .left: (width - 1, width, -1)
            }
        return pixels.withUnsafeBufferPointer { source in
            Image(width: orientation.swapsSides ? height : width, height: orientation.swapsSides ? width : height) {
                let columns = orientation.swapsSides ? height : width
                for row in 0..<($0.count / 3 / columns) {
                    var (from, to) = ((first + row * down) * 3, row * columns * 3)
                    for _ in 0..<columns {
                        $0[to] = source[from]
                        $0[to + 1] = source[from + 1]
                        $0[to + 2] = source[from + 2]
                        from += across * 3
                        to += 3
                    }
                }
            }
        }
    }

    /// The picture as in a mirror: left and right exchanged.
    package func horizontallyFlipped() -> Image { upright(from: .upMirrored) }

    /// The picture turned clockwise by `quarterTurns` times 90°; negative numbers turn the other way.
    package func rotated(quarterTurns: Int) -> Image {
        let turns: [Orientation] = [.up, .right, .down, .left]
        return upright(from: turns[((quarterTurns % 4) + 4) % 4])
    }
}

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
