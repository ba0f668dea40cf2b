/// Syllables, counted as peaks of intensity that are voiced and have a dip of 2 dB behind them; the last peak counts too, other
/// than in the script.
///
/// - Source: de Jong and Wempe, "Praat script to detect syllable nuclei and measure speech rate automatically", Behavior
///   Research Methods 41 (2), 2009, doi:10.3758/BRM.41.2.385; their script of 2010.
struct SyllableNuclei {
    /// Seconds, rising.
    let times: [Double]

    private static let leastDip = 2.0
    private static let range = 25.0

    init(_ curve: IntensityCurve, _ pitch: PitchTrack, _ activity: SpeechActivity) {
        guard let loud = curve.quantile(0.99) else {
            times = []
            return
        }
        let level = curve.decibels
        let threshold = loud - Self.range
        let peaks = level.indices.dropFirst().dropLast().filter {
            level[$0] > threshold && level[$0] > level[$0 - 1] && level[$0] >= level[$0 + 1]
        }
        var kept: [Int] = []
        for (number, peak) in peaks.enumerated() {
            // The dip behind a peak, before the next one or the end.
            let next = number + 1 < peaks.count ? peaks[number + 1] : level.count - 1
            let dip = level[peak...next].min() ?? level[peak]
            if level[peak] - dip >= Self.leastDip { kept.append(peak) }
        }
        times = kept.map(curve.time).filter { activity.isSpeech(at: $0) && pitch.isVoiced(at: $0) }
    }
}
