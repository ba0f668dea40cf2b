extension AnalyzerConfiguration {
    /// That a configuration from a file makes sense, before an analyzer relies on it.
    ///
    /// - Throws: ``AnalyzerError/invalidConfiguration(key:value:)``.
    package func check() throws(AnalyzerError) {
        let counts: [(key: String, count: Int, most: Int)] = [
            ("window_size", windowSize, Self.largestWindow), ("spike_frames", spikeFrames, Self.largestWindow),
            ("stress.course_frames", stress.courseFrames, Self.largestWindow),
            ("stress.minimum_history_frames", stress.minimumHistoryFrames, Self.largestCount),
            ("stress.minimum_frames", stress.minimumFrames, Self.largestCount),
        ]
        for (key, count, most) in counts where !(1...most).contains(count) {
            throw .invalidConfiguration(key: key, value: Double(count))
        }
        let shares: [(String, Double)] = [
            ("minimum_coverage", minimumCoverage), ("uncertainty.minimum_probability", uncertainty.minimumProbability),
            ("stress.uncertain_weight", stress.uncertainWeight), ("stress.usual_dips", stress.usualDips),
            ("stress.recovered_share", stress.recoveredShare),
        ]
        for (key, share) in shares where !(0...1).contains(share) {
            throw .invalidConfiguration(key: key, value: share)
        }
        let numbers: [(String, Double)] = [
            ("spike_threshold", spikeThreshold), ("stress.entry_drop", stress.entryDrop),
            ("stress.history_seconds", stress.historySeconds),
            ("stress.baseline_seconds", stress.baselineSeconds),
            ("stress.minimum_history_seconds", stress.minimumHistorySeconds),
            ("stress.minimum_seconds", stress.minimumSeconds),
            ("stress.maximum_gap_seconds", stress.maximumGapSeconds),
            ("stress.maximum_seconds", stress.maximumSeconds),
        ]
        for (key, number) in numbers where !(number.isFinite && number >= 0) {
            throw .invalidConfiguration(key: key, value: number)
        }
        guard (0...Self.longestCourse).contains(stress.courseSeconds) else {
            throw .invalidConfiguration(key: "stress.course_seconds", value: stress.courseSeconds)
        }
        // An event that must end before it can begin would be sought for ever.
        guard stress.maximumSeconds > 0, stress.maximumSeconds >= stress.minimumSeconds else {
            throw .invalidConfiguration(key: "stress.maximum_seconds", value: stress.maximumSeconds)
        }
        try restingFace?.resting.checkProbabilities()
    }

    /// Every frame looks at a whole window, so a file must not ask for endless ones: the most frames, and the most seconds
    /// of the course.
    private static let (largestWindow, longestCourse) = (1_000, 10.0)
    /// Frames that are only counted.
    private static let largestCount = 100_000
}
