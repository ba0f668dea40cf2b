import VoiceAnalysis

/// WAV files, and what is measured of short ones.
enum WaveTarget {
    static func run(_ input: [UInt8]) {
        guard let sound = try? WaveReader.read(input, limits: SoundLimits(longest: 60)) else { return }
        precondition(!sound.samples.isEmpty && sound.samples.count <= input.count, "samples from nowhere")
        precondition(sound.samples.allSatisfy(\.isFinite), "a sample that is no number")
        guard sound.duration <= 2 else { return }
        let measured = VoiceAnalyzer.measure(sound)
        precondition(measured.speakingTime <= sound.duration + 1e-6, "more speech than sound")
        precondition((0...1).contains(measured.pauseShare), "a share of \(measured.pauseShare)")
    }
}
