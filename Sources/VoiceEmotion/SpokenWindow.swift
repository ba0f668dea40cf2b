import VoiceAnalysis

/// Three seconds with speech, or less of a shorter sound, as the networks are given them.
package struct SpokenWindow {
    /// Of the log-mel spectrum.
    let frames: Range<Int>
    /// Seconds of speech.
    let speaking: Double
    let window: VoiceWindow
    let statistics: [Double]

    package init(frames: Range<Int>, speaking: Double, power: [Float], tones: [VoiceStatistics.Tone]) {
        (self.frames, self.speaking) = (frames, speaking)
        window = VoiceWindow(padding: power)
        statistics = VoiceStatistics.values(of: power, tones: tones)
    }
}

/// How a speaker usually sounds in a recording.
package struct UsualVoice {
    /// Of each band the mean over the loud frames of all windows.
    package let spectrum: [Float]
    /// The mean of the windows' statistics.
    package let statistics: [Double]

    package init(spectrum: [Float], statistics: [Double]) {
        (self.spectrum, self.statistics) = (spectrum, statistics)
    }

    /// Collects windows.
    struct Mean {
        private var sums = [Double](repeating: 0, count: VoiceWindow.bands)
        private var frames = 0
        private var statistics = [Double](repeating: 0, count: VoiceStatistics.count)
        private var windows = 0

        mutating func add(_ spoken: SpokenWindow) {
            frames += spoken.window.loudFrames
            windows += 1
            for band in sums.indices {
                sums[band] += Double(spoken.window.loudMean[band]) * Double(spoken.window.loudFrames)
            }
            for index in statistics.indices { statistics[index] += spoken.statistics[index] }
        }

        var voice: UsualVoice {
            UsualVoice(
                spectrum: sums.map { Float($0 / Double(max(frames, 1))) },
                statistics: statistics.map { $0 / Double(max(windows, 1)) })
        }
    }
}
