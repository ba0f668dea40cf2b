import Foundation
import Testing

/// The overlay sounds as its source does, and in time with it.
@Suite(.enabled(if: Programs.haveFFmpeg, "ffmpeg is not on the search path"))
struct VideoSoundTests {
    /// Two seconds of the astronaut that begin half a second after three seconds of a tone, in Matroska, whose clock
    /// starts at `offset`.
    private func clip(_ folder: TemporaryFolder, sound: [String], offset: Int) throws -> String {
        let path = folder.path("clip.mkv")
        let inputs = [
            "-f", "lavfi", "-i", "sine=d=3", "-itsoffset", "0.5", "-loop", "1", "-framerate", "10", "-t", "2",
        ]
        let video = [
            "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-output_ts_offset", "\(offset)",
        ]
        try Programs.ffmpeg(
            inputs + ["-i", Repository.astronaut, "-map", "1:v", "-map", "0:a"] + sound + video + [path])
        return path
    }

    /// A stream of sound: its format, and when and how often something of it is heard, since a player's zero.
    private struct Sound {
        let codec: String
        let times: [Double]

        init(_ path: String) throws {
            func lines(_ arguments: String...) throws -> [Substring] {
                try Programs.output("ffprobe", ["-v", "error"] + arguments + ["-of", "csv=p=0", path])
                    .split(separator: "\n").map { $0.prefix { $0 != "," } }
            }
            codec = try lines("-select_streams", "a", "-show_entries", "stream=codec_name").joined(separator: " ")
            let start = try lines("-show_entries", "format=start_time").first.flatMap { Double($0) } ?? 0
            times = try lines("-select_streams", "a", "-show_entries", "packet=pts_time")
                .compactMap { Double($0) }.map { $0 - start }
        }
    }

    private func overlay(of clip: String, in folder: TemporaryFolder) throws -> String {
        let path = folder.path("overlay.mp4")
        let command = try Command("video", clip, "--every", "2", "--overlay", path)
        #expect(command.status == 0, "\(command.messages)")
        #expect(command.messages.isEmpty)
        return path
    }

    @Test(arguments: [0, 100])
    func copiesWhatMP4Holds(offset: Int) throws {
        let folder = try TemporaryFolder()
        let clip = try clip(folder, sound: ["-c:a", "aac"], offset: offset)
        let overlay = try overlay(of: clip, in: folder)
        let (before, after) = (try Sound(clip), try Sound(overlay))
        #expect(after.codec == "aac")
        #expect(after.times.count == before.times.count)
        // Sound and pictures are as far from each other as they were; a frame of AAC lasts 23 ms.
        let distance = try #require(Programs.shownTimes(of: clip).first) - (try #require(before.times.first))
        let kept = try #require(Programs.shownTimes(of: overlay).first) - (try #require(after.times.first))
        #expect(abs(kept - distance) < 0.025)
    }

    @Test func turnsOtherFormatsIntoAAC() throws {
        let folder = try TemporaryFolder()
        let clip = try clip(folder, sound: ["-c:a", "pcm_s16le", "-map", "0:a", "-c:a:1", "aac"], offset: 0)
        let after = try Sound(overlay(of: clip, in: folder))
        #expect(after.codec == "aac aac")
    }

    @Test func leavesASilentVideoSilent() throws {
        let folder = try TemporaryFolder()
        let clip = try clip(folder, sound: ["-an"], offset: 0)
        let overlay = try overlay(of: clip, in: folder)
        #expect(try Sound(overlay).codec.isEmpty)
        let (before, after) = (try Programs.shownTimes(of: clip), try Programs.shownTimes(of: overlay))
        #expect(before.count == after.count)
    }

    /// A voice that begins two seconds after the pictures is in the session where a player lets it be heard.
    @Test func measuresTheVoiceOnTheClockOfThePictures() throws {
        let folder = try TemporaryFolder()
        let voice = Repository.path("Tests/VoiceAnalysisTests/Fixtures/voice.wav")
        let clip = folder.path("clip.mkv")
        try Programs.ffmpeg(
            ["-loop", "1", "-framerate", "10", "-t", "7", "-i", Repository.astronaut, "-itsoffset", "2", "-i", voice]
                + ["-vf", "scale=320:320", "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"]
                + ["-c:a", "pcm_s16le", clip])
        let (json, report) = (folder.path("session.json"), folder.path("report.html"))
        let command = try Command("video", clip, "--json", json, "--report", report)
        #expect(command.status == 0 && command.messages.isEmpty, "\(command.messages)")
        #expect(command.output.contains { $0.hasPrefix("voice") && $0.contains("s of speech") }, "\(command.output)")
        func measured(_ path: String) throws -> [String: Any] {
            let data = try Data(contentsOf: URL(fileURLWithPath: path))
            return try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
        }
        let session = try #require(measured(json)["voice"] as? [String: Any])
        let alone = try #require(try Command("voice", "--json", voice).objects().first)
        let spoken = try #require(session["speaking_seconds"] as? Double)
        #expect(abs(spoken - (try #require(alone["speaking_seconds"] as? Double))) < 0.3)
        let course = try #require(session["course"] as? [[String: Any]])
        #expect(course.prefix(2).allSatisfy { $0["speaking"] as? Double == 0 })
        #expect(course.dropFirst(2).contains { $0["speaking"] as? Double ?? 0 > 0.5 })
        #expect(try String(contentsOfFile: report, encoding: .utf8).contains("How you spoke"))
        // The stored session makes the same report.
        let again = try Command("report", json, "--html", folder.path("again.html"))
        #expect(again.status == 0, "\(again.messages)")
        #expect(try String(contentsOfFile: folder.path("again.html"), encoding: .utf8).contains("How you spoke"))

        let without = try Command("video", clip, "--json", json, "--no-voice")
        #expect(without.status == 0)
        #expect(try measured(json)["voice"] == nil)
    }

    @Test func aSoundThatCannotBeReadCostsNothingElse() throws {
        let folder = try TemporaryFolder()
        let (clip, json) = (folder.path("clip.mkv"), folder.path("session.json"))
        try Programs.ffmpeg(
            ["-loop", "1", "-framerate", "10", "-t", "2", "-i", Repository.astronaut, "-f", "lavfi", "-t", "3610"]
                + ["-i", "anullsrc=r=8000:cl=mono", "-vf", "scale=320:320", "-c:v", "libx264", "-preset", "ultrafast"]
                + ["-pix_fmt", "yuv420p", "-c:a", "pcm_u8", clip])
        let command = try Command("video", clip, "--json", json)
        #expect(command.status == 0)
        #expect(
            command.messages.contains("the sound was not measured: "),
            "\(command.messages)")
        #expect(command.output.contains { $0.hasPrefix("score") } && !command.output.contains { $0.hasPrefix("voice") })
    }

    @Test func endsTheSoundWhereTheVideoIsCutShort() throws {
        let folder = try TemporaryFolder()
        let clip = folder.path("long.mp4")
        try Programs.ffmpeg(
            [
                "-f", "lavfi", "-i", "sine=d=60", "-loop", "1", "-framerate", "10", "-t", "60", "-i",
                Repository.astronaut,
            ]
                + ["-map", "1:v", "-map", "0:a", "-vf", "scale=320:320", "-c:a", "aac", "-c:v", "libx264"]
                + ["-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "10", clip])
        let overlay = folder.path("overlay.mp4")
        let command = try RunningCommand(["video", clip, "--every", "5", "--overlay", overlay])
        let enough = 4 * 320 * 320 * 3
        guard command.wait(until: { command.bytesWritten > enough }) else {
            return print("skipped: this system does not tell how much a process has written")
        }
        command.send(SIGINT)
        #expect(command.waitForEnd() == 128 + SIGINT)
        let last = try #require(Programs.shownTimes(of: overlay).last)
        let heard = try #require(Sound(overlay).times.last)
        #expect(last < 59)
        #expect(abs(heard - last) < 0.2)
    }
}
