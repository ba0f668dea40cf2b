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
        #expect(piped.messages.contains("standard input: it is no WAV file"), "\(piped.messages)")
    }
}
