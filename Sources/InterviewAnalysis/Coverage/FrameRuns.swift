extension [FrameData] {
    /// Unbroken stretches of scored frames: cut where a gap lies between two frames, or no look at all for long.
    ///
    /// At coarse steps "for long" is more than ``stepsThatPart`` usual ones: a step of 10 s in whole frames is a little longer.
    ///
    /// - Parameter maximumSeconds: between two frames of one run, at fine steps.
    /// - Complexity: O(frames · log frames + gaps).
    func runs(gaps: [CoverageGap], maximumSeconds: Double) -> [Range<Int>] {
        guard !isEmpty else { return [] }
        var runs: [Range<Int>] = []
        var start = 0
        var gap = gaps[...]
        let steps = zip(self, dropFirst()).map { $1.timestamp - $0.timestamp }
        let usualStep = Swift.min(Statistics.median(steps), Self.longestUsualStep)
        let maximumSeconds = Swift.max(maximumSeconds, Self.stepsThatPart * usualStep)
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

    /// Two runs are parted where nothing was looked at for more than this many usual steps.
    private static var stepsThatPart: Double { 2.5 }
    /// Frames farther apart than this, in seconds, are no course of looks but single ones; 10 s are the longest step.
    private static var longestUsualStep: Double { 12 }
}
