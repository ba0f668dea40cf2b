extension AnalyzerConfiguration {
    /// That a configuration from a file makes sense, before an analyzer relies on it.
    ///
    /// - Throws: ``AnalyzerError/invalidConfiguration(key:value:)``.
    public func check() throws(AnalyzerError) {
        let counts: [(String, Int)] = [
            ("window_size", windowSize), ("spike_frames", spikeFrames), ("recovery_frames", stress.recoveryFrames),
            ("baseline_frames", stress.baselineFrames), ("minimum_frames", stress.minimumFrames),
        ]
        for (key, count) in counts where !Self.countRange.contains(count) {
            throw .invalidConfiguration(key: key, value: Double(count))
        }
        let numbers: [(String, Double)] = [
            ("spike_threshold", spikeThreshold), ("minimum_coverage", minimumCoverage),
            ("minimum_probability", uncertainty.minimumProbability), ("entry_drop", stress.entryDrop),
            ("exit_drop", stress.exitDrop), ("baseline_seconds", stress.baselineSeconds),
            ("maximum_gap_seconds", stress.maximumGapSeconds), ("maximum_seconds", stress.maximumSeconds),
        ]
        for (key, number) in numbers where !(number.isFinite && number >= 0) {
            throw .invalidConfiguration(key: key, value: number)
        }
        try restingFace?.resting.checkProbabilities()
    }

    /// Frames; the upper bound keeps a file from asking for endless windows.
    private static let countRange = 1...100_000
}
