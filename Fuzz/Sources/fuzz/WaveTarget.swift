import VoiceAnalysis

/// WAV files, as a whole and in pieces, and what is measured of short ones.
enum WaveTarget {
    private static let limits = SoundLimits(longest: 60)

    static func run(_ input: [UInt8]) {
        let sound = try? WaveReader.read(input, limits: limits)
        for size in [7, 4096] {
            precondition(streamed(input, size) == sound, "in pieces of \(size) bytes it is another sound")
        }
        guard let sound else { return }
        precondition(!sound.samples.isEmpty && sound.samples.count <= input.count, "samples from nowhere")
        precondition(sound.samples.allSatisfy(\.isFinite), "a sample that is no number")
        guard sound.duration <= 2 else { return }
        let measured = VoiceAnalyzer.measure(sound)
        precondition(measured.speakingTime <= sound.duration + 1e-6, "more speech than sound")
        precondition((0...1).contains(measured.pauseShare), "a share of \(measured.pauseShare)")
    }

    private static func streamed(_ input: [UInt8], _ size: Int) -> Sound? {
        var (stream, samples) = (WaveStream(limits: limits), [Float]())
        do {
            for begin in stride(from: 0, to: input.count, by: size) {
                samples += try stream.add(Array(input[begin..<min(begin + size, input.count)]))
            }
            samples += try stream.finish()
        } catch {
            return nil
        }
        return stream.rate.map { Sound(samples: samples, rate: $0) }
    }
}
