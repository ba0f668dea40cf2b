/// Texts that go through the encoder at once, their tokens one below the other, and how the work on them is shared.
struct EncoderBatch {
    /// The tokens of all texts.
    let tokens: [Int32]
    /// Each text's rows.
    let texts: [Range<Int>]
    /// Runs of neighbouring texts, by their indices, that a head attends to at a time.
    let groups: [Range<Int>]
    /// Runs of rows for what is done to each token alone.
    let runs: [Range<Int>]

    /// Rows a group at most, unless one text has more; enough for a head's weights to be read seldom.
    private static let largestGroup = 128
    /// Rows a run at most, so that what is between two layers stays in the second-level cache, and at least, so that
    /// weights are used several times when they are read.
    static let largestRun = 64
    private static let smallestRun = 8

    init(_ texts: [[Int32]], threads: Int) {
        var (rows, ranges): (Int, [Range<Int>]) = (0, [])
        for text in texts {
            ranges.append(rows..<(rows + text.count))
            rows += text.count
        }
        tokens = texts.flatMap(\.self)
        self.texts = ranges
        var groups: [Range<Int>] = []
        for index in ranges.indices {
            if let last = groups.last,
                ranges[index].upperBound - ranges[last.lowerBound].lowerBound <= Self.largestGroup
            {
                groups[groups.count - 1] = last.lowerBound..<(index + 1)
            } else {
                groups.append(index..<(index + 1))
            }
        }
        self.groups = groups
        let fewest = (rows + Self.largestRun - 1) / Self.largestRun
        // As many for each thread, where each gets enough rows.
        let shared = (max(fewest, 1) + threads - 1) / threads * threads
        let count = max(min(shared, rows / Self.smallestRun), fewest, 1)
        runs = (0..<count).map { ($0 * rows / count)..<(($0 + 1) * rows / count) }
    }

    /// The rows of a group.
    func rows(of group: Range<Int>) -> Range<Int> {
        texts[group.lowerBound].lowerBound..<texts[group.upperBound - 1].upperBound
    }
}
