import Foundation
import TestSupport
import Testing

@testable import VoiceAnalysis

@Suite(.enabled(if: TestBuild.isRelease(for: "VoiceAnalyzerTests"))) struct VoiceAnalyzerTests {
    /// A buzz of `pitch` hertz in syllables of a quarter second while `speaks`, then nothing; a formant goes to and fro in it, as
    /// in speech.
    private static func voice(_ seconds: Double, pitch: (Double) -> Double = { _ in 150 }, speaks: (Double) -> Bool)
        -> Sound
    {
        var phase = 0.0
        let samples = (0..<Int(seconds * 16_000)).map { index -> Float in
            let time = Double(index) / 16_000
            phase += 2 * Double.pi * pitch(time) / 16_000
            guard speaks(time) else { return 0 }
            let formant = 900 + 700 * sin(4 * Double.pi * time)
            let tone = (1...24).reduce(0.0) { sum, order in
                let distance = (Double(order) * 150 - formant) / 300
                return sum + sin(Double(order) * phase) * (0.5 / Double(order) + exp(-distance * distance))
            }
            return Float(0.1 * tone * pow(abs(sin(Double.pi * time / 0.25)), 1.5))
        }
        return Sound(samples: samples, rate: 16_000)
    }

    @Test func findsPausesAndPace() throws {
        let measured = VoiceAnalyzer.measure(Self.voice(10) { $0 < 3 || $0 > 4.5 && $0 < 8 })
        #expect(measured.pauses.count == 1)
        let pause = try #require(measured.pauses.first)
        #expect(abs(pause.start - 3) < 0.1 && abs(pause.end - 4.5) < 0.1)
        #expect(abs(measured.speakingTime - 6.5) < 0.2)
        #expect(abs(measured.pauseShare - 1.5 / 8) < 0.02)
        // Four a second.
        #expect(abs(try #require(measured.articulationRate) - 4) < 0.3)
        #expect(abs(try #require(measured.speechRate) - 26 / 8) < 0.3)
        #expect(measured.course.count == 10)
        #expect(measured.course[3].speaking < 0.1 && measured.course[3].loudness ?? -60 < -20)
        #expect(measured.course[9].syllables == 0 && measured.course[9].loudness == nil)
    }

    @Test func tellsMelodyFromMonotony() throws {
        let flat = VoiceAnalyzer.measure(Self.voice(6) { _ in true })
        #expect(abs(try #require(flat.medianPitch) - 150) < 2)
        #expect(try #require(flat.pitchRange) < 0.5)
        let lively = VoiceAnalyzer.measure(
            Self.voice(6, pitch: { 150 * exp2(0.5 * sin($0 * 2)) }, speaks: { _ in true }))
        #expect(abs(try #require(lively.pitchRange) - 12) < 1)
    }

    @Test func nothingIsMeasuredWhereNothingIsToBeHeard() {
        for sound in [
            Sound(samples: [], rate: 8000), Sound(samples: [Float](repeating: 0, count: 480_000), rate: 48_000),
        ] {
            let measured = VoiceAnalyzer.measure(sound)
            #expect(measured.speakingTime == 0)
            #expect(measured.pauses.isEmpty)
            #expect(measured.medianPitch == nil && measured.loudness == nil && measured.articulationRate == nil)
            #expect(measured.quality.remarks == ["No speech is to be heard."])
        }
    }

    /// Shorter than the 400 ms over which loudness is taken.
    @Test func aWordIsHeard() {
        let measured = VoiceAnalyzer.measure(Self.voice(0.35) { _ in true })
        #expect(measured.speakingTime > 0.1)
        #expect(measured.loudness == nil && measured.quality.remarks.isEmpty)
    }

    @Test func whatIsNoNumberIsSilence() {
        let sound = Sound(samples: [.nan, 1, .infinity, -.infinity], rate: 4000)
        #expect(sound.samples == [0, 1, 0, 0])
        #expect(VoiceAnalyzer.measure(sound).speakingTime == 0)
    }

    @Test func saysWhatIsWrongWithTheRecording() {
        let clean = Self.voice(6) { $0 < 2 || $0 > 3 }
        #expect(VoiceAnalyzer.measure(clean).quality.remarks.isEmpty)
        let clipped = Sound(samples: clean.samples.map { max(-1, min(1, $0 * 20)) }, rate: 16_000)
        #expect(VoiceAnalyzer.measure(clipped).quality.remarks.contains { $0.contains("clipped") })
        let faint = Sound(samples: clean.samples.map { $0 * 0.01 }, rate: 16_000)
        #expect(VoiceAnalyzer.measure(faint).quality.remarks.contains { $0.contains("quiet") })
        var generator = SeededGenerator(seed: 3)
        let noisy = Sound(
            samples: clean.samples.map { $0 + Float.random(in: -0.1...0.1, using: &generator) }, rate: 16_000)
        #expect(VoiceAnalyzer.measure(noisy).quality.remarks.contains { $0.contains("nearly as loud") })
    }

    /// The pauses and the pitch of a voice in a noisy room stay those of the voice.
    @Test func noiseHardlyMatters() throws {
        let clean = Self.voice(10) { $0 < 3 || $0 > 4.5 }
        var generator = SeededGenerator(seed: 4)
        let noisy = Sound(
            samples: clean.samples.map { $0 + Float.random(in: -0.02...0.02, using: &generator) }, rate: 16_000)
        let measured = VoiceAnalyzer.measure(noisy)
        #expect(measured.pauses.count == 1)
        #expect(abs(try #require(measured.medianPitch) - 150) < 3)
    }

    @Test func anyRateGivesTheSame() throws {
        let sound = Self.voice(5) { $0 < 2 || $0 > 3 }
        let other = VoiceAnalyzer.measure(Resampler.resample(sound, to: 44_100))
        let measured = VoiceAnalyzer.measure(sound)
        #expect(other.pauses.count == measured.pauses.count)
        #expect(other.medianPitch == measured.medianPitch)
        #expect(abs(try #require(other.loudness) - (try #require(measured.loudness))) < 0.3)
    }

    /// Noise, tones and plain instruments are as loud as speech, and none.
    @Test(arguments: ["white", "swelling", "440 Hz", "buzz", "melody", "chords", "band"])
    func whatIsNoVoiceIsNoSpeech(kind: String) {
        var generator = SeededGenerator(seed: 5)
        func sine(_ hertz: Double, _ time: Double) -> Double { sin(2 * Double.pi * hertz * time) }
        let samples = (0..<96_000).map { index -> Float in
            let time = Double(index) / 16_000
            let fade = exp(-1.5 * time.truncatingRemainder(dividingBy: 0.5))
            let note = 220 * exp2(Double((Int(time / 0.5) * 7) % 12) / 12)
            let noise = Double.random(in: -1...1, using: &generator)
            switch kind {
            case "white": return Float(0.2 * noise)
            case "swelling": return Float(0.2 * noise * (0.5 + 0.5 * sine(4, time)))
            case "440 Hz": return Float(0.2 * sine(440, time))
            case "buzz": return Float((1...12).reduce(0.0) { $0 + sine(200 * Double($1), time) / Double($1) } * 0.1)
            case "melody": return Float(0.2 * fade * (sine(note, time) + 0.5 * sine(2 * note, time)))
            case "band":
                // Twelve voices that go on to other notes ten times a second, none of them louder than the other: restless, and even.
                let beat = Int(time * 10)
                let notes = (0..<12).map { 300 * exp2(Double((($0 + 3) * 7919 + beat * 104_729) % 3600) / 1000) }
                return Float(notes.reduce(0.0) { $0 + sine($1, time) } * 0.05 + 0.01 * noise)
            default:
                return Float([1, 1.26, 1.5, 2].reduce(0.0) { $0 + sine(note * $1, time) } * 0.1 * fade)
            }
        }
        let measured = VoiceAnalyzer.measure(Sound(samples: samples, rate: 16_000))
        #expect(measured.speakingTime == 0 && measured.syllables == 0)
        #expect(measured.quality.remarks.first == "No speech is to be heard: the sound is noise, tones or music.")
    }

    /// A tone between two answers is a pause.
    @Test func aToneBetweenWordsIsNoSpeech() throws {
        let voice = Self.voice(18) { $0 < 6 || $0 > 12 }
        let samples = voice.samples.enumerated().map { index, sample in
            (96_000..<192_000).contains(index) ? Float(0.1 * sin(2 * Double.pi * 440 * Double(index) / 16_000)) : sample
        }
        let measured = VoiceAnalyzer.measure(Sound(samples: samples, rate: 16_000))
        let pause = try #require(measured.pauses.max { $0.duration < $1.duration })
        // Told in windows of 3 s, 1.5 s apart.
        #expect(abs(pause.start - 6) <= 3 && abs(pause.end - 12) <= 3 && pause.duration >= 1.5)
        #expect(measured.speakingTime < 16)
    }

    /// In pieces of any size the same is heard; where the count is not known before, windows of energy lie up to 8 ms elsewhere.
    @Test func aSoundInPiecesIsHeardAsAWhole() throws {
        let sound = Resampler.resample(Self.voice(130) { $0.truncatingRemainder(dividingBy: 5) < 4 }, to: 22_050)
        let whole = VoiceAnalyzer.measure(sound)
        for (count, size) in [(sound.samples.count, 7_777), (nil, 100_001)] as [(Int?, Int)] {
            var meter = VoiceMeter(rate: sound.rate, sampleCount: count)
            for begin in stride(from: 0, to: sound.samples.count, by: size) {
                meter.add(Array(sound.samples[begin..<min(begin + size, sound.samples.count)]))
            }
            let measured = meter.finish().measurements
            if count != nil { #expect(measured == whole) }
            #expect(measured.pauses.count == whole.pauses.count && measured.duration == whole.duration)
            #expect(abs(measured.speakingTime - whole.speakingTime) < 0.008 * Double(2 * whole.pauses.count + 2))
            #expect(abs(measured.syllables - whole.syllables) <= whole.syllables / 50)
            #expect(measured.medianPitch == whole.medianPitch && measured.loudness == whole.loudness)
        }
    }

    @Test func windowsCoverEveryFrame() {
        for count in [1, 239, 240, 241, 360, 361, 700, 1000] {
            let samples = (0..<((count - 1) * LogMelSpectrum.step)).map { Float(sin(Double($0 * $0) * 1e-6)) }
            let spectrum = LogMelSpectrum(Sound(samples: samples, rate: LogMelSpectrum.rate))
            for size in [977, 48_000] {
                var (ranges, stream) = ([Range<Int>](), LogMelWindows())
                func take(_ frames: Range<Int>, _ power: [Float]) {
                    ranges.append(frames)
                    #expect(power == spectrum.frames(frames))
                }
                for begin in stride(from: 0, to: samples.count, by: size) {
                    stream.add(Array(samples[begin..<min(begin + size, samples.count)]), take)
                }
                stream.finish(take)
                #expect(ranges.first?.lowerBound == 0 && ranges.last?.upperBound == count)
                #expect(ranges.allSatisfy { $0.count == min(count, SoundWindows.length) })
                #expect(zip(ranges, ranges.dropFirst()).allSatisfy { $0.upperBound >= $1.lowerBound })
                #expect(Set(ranges).count == ranges.count)
            }
        }
    }

    @Test func isEncodedUnderStableNames() throws {
        let measured = VoiceAnalyzer.measure(Self.voice(3) { _ in true })
        let data = try JSONEncoder().encode(measured)
        let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        for name in [
            "duration", "speaking_seconds", "pause_share", "median_pitch", "pitch_range", "articulation_rate",
            "loudness",
        ] {
            #expect(object[name] is Double, "\(name)")
        }
        #expect(try JSONDecoder().decode(VoiceMeasurements.self, from: data) == measured)
    }
}
