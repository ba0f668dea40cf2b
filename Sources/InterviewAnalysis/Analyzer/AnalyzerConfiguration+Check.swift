extension AnalyzerConfiguration {
    /// That a configuration from a file makes sense, before an analyzer relies on it.
    ///
    /// - Throws: ``AnalyzerError/invalidConfiguration(key:value:)``.
    public func check() throws(AnalyzerError) {
        let counts: [(String, Int)] = [
            ("window_size", windowSize), ("spike_frames", spikeFrames), ("stress.course_frames", stress.courseFrames),
            ("stress.minimum_history_frames", stress.minimumHistoryFrames),
            ("stress.minimum_frames", stress.minimumFrames),
        ]
        for (key, count) in counts where !Self.countRange.contains(count) {
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
            ("stress.course_seconds", stress.courseSeconds), ("stress.history_seconds", stress.historySeconds),
            ("stress.baseline_seconds", stress.baselineSeconds),
            ("stress.minimum_history_seconds", stress.minimumHistorySeconds),
            ("stress.minimum_seconds", stress.minimumSeconds),
            ("stress.maximum_gap_seconds", stress.maximumGapSeconds),
            ("stress.maximum_seconds", stress.maximumSeconds),
        ]
        for (key, number) in numbers where !(number.isFinite && number >= 0) {
            throw .invalidConfiguration(key: key, value: number)
        }
        try restingFace?.resting.checkProbabilities()
    }

    /// Frames; the upper bound keeps a file from asking for endless windows.
    private static let countRange = 1...100_000
}
