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
    public func horizontallyFlipped() -> Image { upright(from: .upMirrored) }

    /// The picture turned clockwise by `quarterTurns` times 90°; negative numbers turn the other way.
    public func rotated(quarterTurns: Int) -> Image {
        let turns: [Orientation] = [.up, .right, .down, .left]
        return upright(from: turns[((quarterTurns % 4) + 4) % 4])
    }
}
