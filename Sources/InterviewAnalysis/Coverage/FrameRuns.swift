extension [FrameData] {
    /// Unbroken stretches of scored frames: cut where a gap lies between two frames, or no look at all for long.
    ///
    /// - Complexity: O(frames + gaps).
    func runs(gaps: [CoverageGap], maximumSeconds: Double) -> [Range<Int>] {
        guard !isEmpty else { return [] }
        var runs: [Range<Int>] = []
        var start = 0
        var gap = gaps[...]
        for index in indices.dropFirst() {
            let (before, time) = (self[index - 1].timestamp, self[index].timestamp)
            gap = gap.drop { $0.end <= before }
            let isCut = gap.first.map { $0.start > before && $0.start < time } ?? false
            if isCut || time - before > maximumSeconds {
                runs.append(start..<index)
                start = index
            }
        }
        return runs + [start..<count]
    }
}
