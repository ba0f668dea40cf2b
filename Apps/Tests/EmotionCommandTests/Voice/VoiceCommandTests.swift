import Foundation
import Testing

@Suite struct VoiceCommandTests {
    private static let voice = Repository.path("Tests/VoiceAnalysisTests/Fixtures/voice.wav")

    @Test func tellsOfAVoice() throws {
        let command = try Command("voice", Self.voice)
        #expect(command.status == 0)
        for name in ["speech", "pauses", "pace", "pitch", "loudness"] {
            #expect(command.output.contains { $0.hasPrefix(name) }, "\(command.output)")
        }
    }

    /// The original system's fields beside the measurements, as `fuse` takes them.
    @Test func saysWhatAVoiceSoundsLike() throws {
        let object = try #require(try Command("voice", "--json", Self.voice).objects().first)
        #expect(object["success"] as? Bool == true)
        let emotions = try #require(object["emotions"] as? [String: Double])
        #expect(emotions.count == 7 && abs(emotions.values.reduce(0, +) - 1) < 1e-6)
        let dominant = try #require(object["dominant_emotion"] as? String)
        #expect(emotions[dominant] == emotions.values.max() && object["confidence"] as? Double == emotions[dominant])
        #expect(object["uncertain"] is Bool && (object["windows"] as? [Any])?.count == 2)
        #expect(object["median_pitch"] is Double)
        let folder = try TemporaryFolder()
        let fused = try Command(
            "fuse", "--voice", folder.file("voice.json", JSONSerialization.data(withJSONObject: object)))
        #expect(fused.status == 0)
        let text = try Command("voice", Self.voice).output
        #expect(text.contains { $0.contains("what it sounds like") || $0.hasPrefix("Sounds like") }, "\(text)")
        #expect(text.contains { $0.contains("not what anybody feels") })
    }

    /// Without its model the measurements stand.
    @Test func measuresWithoutEmotions() throws {
        let left = try Command("voice", "--json", "--no-emotions", Self.voice)
        #expect(left.status == 0 && left.messages.isEmpty)
        let plain = try #require(try left.objects().first)
        #expect(plain["success"] == nil && plain["emotions"] == nil && plain["median_pitch"] is Double)
        let missing = try Command(
            ["voice", "--json", Self.voice], environment: ["SWIFT_EMOTION_WEIGHTS": "/nonexistent"])
        #expect(missing.status == 0)
        #expect(missing.messages.contains("no emotions: the weights voice_emotion.safetensors"), "\(missing.messages)")
        let object = try #require(try missing.objects().first)
        #expect(object["success"] as? Bool == false && object["error"] is String && object["emotions"] == nil)
        #expect(object["median_pitch"] as? Double == plain["median_pitch"] as? Double)
    }

    /// The sound of an MP4 file, read through ffmpeg, is the WAV file's.
    @Test(.enabled(if: Programs.haveFFmpeg, "ffmpeg is not on the search path"))
    func readsTheSoundOfAVideo() throws {
        let folder = try TemporaryFolder()
        let video = folder.path("v.mp4")
        try Programs.ffmpeg([
            "-f", "lavfi", "-i", "color=gray:size=64x64:rate=5:duration=4", "-i", Self.voice, "-c:a", "aac", "-b:a",
            "128k",
            "-shortest", video,
        ])
        let observed = try #require(try Command("voice", "--json", video).objects().first)
        let expected = try #require(try Command("voice", "--json", Self.voice).objects().first)
        for (name, tolerance) in [("median_pitch", 2.0), ("loudness", 0.5), ("speaking_seconds", 0.2)] {
            let (first, second) = (try #require(observed[name] as? Double), try #require(expected[name] as? Double))
            #expect(abs(first - second) <= tolerance, "\(name)")
        }
        #expect((observed["pauses"] as? [Any])?.count == (expected["pauses"] as? [Any])?.count)

        // An MP4 file's index lies at its end.
        let bytes = try #require(FileManager.default.contents(atPath: video))
        let piped = try Command(["voice", "--json", "-"], input: bytes)
        #expect(piped.status == 0, "\(piped.messages)")
        #expect(piped.output == (try Command("voice", "--json", video)).output)
    }

    @Test func readsStandardInputAsAFile() throws {
        let bytes = try #require(FileManager.default.contents(atPath: Self.voice))
        let piped = try Command(["voice", "--json", "-"], input: bytes)
        #expect(piped.status == 0, "\(piped.messages)")
        #expect(piped.output == (try Command("voice", "--json", Self.voice)).output)
    }

    /// A minute of 46 MB: 96,000 frames a second, two channels of four bytes.
    @Test func holdsNothingOfWhatIsRead() throws {
        let folder = try TemporaryFolder()
        var wave = Data("RIFF".utf8)
        func add<Number: FixedWidthInteger>(_ number: Number) {
            withUnsafeBytes(of: number.littleEndian) { wave.append(contentsOf: $0) }
        }
        let count = UInt32(60 * 96_000 * 8)
        add(36 + count)
        wave += Data("WAVEfmt ".utf8)
        add(UInt32(16))
        for number in [3, 2] as [UInt16] { add(number) }
        for number in [96_000, 96_000 * 8] as [UInt32] { add(number) }
        for number in [8, 32] as [UInt16] { add(number) }
        wave += Data("data".utf8)
        add(count)
        wave += Data(count: Int(count))
        let file = try folder.file("minute.wav", wave)
        guard let named = try MeasuredCommand("voice", "--no-emotions", file),
            let piped = try MeasuredCommand("voice", "--no-emotions", "-", input: wave)
        else { return }
        #expect(named.command.status == 3 && piped.command.status == 3, "\(piped.command.messages)")
        for measured in [named, piped] {
            #expect(measured.peakMegabytes < 64, "\(measured.peakMegabytes) MB")
        }
    }

    @Test func saysWhereStandardInputFoundNoRoom() throws {
        let command = try Command(
            ["voice", "-"], environment: ["TMPDIR": "/nonexistent"],
            input: try #require(FileManager.default.contents(atPath: Self.voice)))
        #expect(command.status != 0 && command.messages.contains("/nonexistent: "), "\(command.messages)")
    }

    @Test func endsWithThreeWhereNobodySpeaks() throws {
        let folder = try TemporaryFolder()
        var bytes = try #require(FileManager.default.contents(atPath: Self.voice))
        bytes.replaceSubrange(44..., with: Data(count: bytes.count - 44))
        let command = try Command("voice", folder.file("silent.wav", bytes))
        #expect(command.status == 3)
        #expect(command.output.first == "Nobody speaks in 4.0 s.")
    }

    @Test(.enabled(if: Programs.haveFFmpeg, "ffmpeg is not on the search path"))
    func refusesWhatIsNoSound() throws {
        let folder = try TemporaryFolder()
        let whole = try #require(FileManager.default.contents(atPath: Self.voice))
        for (file, message) in [
            (Repository.astronaut, "astronaut.png: it holds no sound"),
            (try folder.file("cut.wav", whole.prefix(40)), "cut.wav: the WAV file is cut off before its first sample"),
            (
                try folder.file("text.mp3", Data("no sound at all".utf8)),
                "text.mp3: it is damaged, or in no format that ffmpeg reads"
            ),
            (folder.path("none.wav"), "none.wav: there is no such file or folder"),
        ] {
            let command = try Command("voice", file)
            #expect(command.status == 1)
            #expect(command.messages.contains(message), "\(command.messages)")
        }
        let piped = try Command(["voice", "-"], input: Data("none".utf8))
        #expect(piped.messages.contains("standard input: it is damaged, or in no format"), "\(piped.messages)")
    }
}
