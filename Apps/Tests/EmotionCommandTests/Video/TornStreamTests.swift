import Foundation
import Testing

/// Videos that break off: what is whole is kept.
@Suite(.enabled(if: Programs.haveFFmpeg, "ffmpeg is not on the search path"))
struct TornStreamTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func session() throws -> (frames: Int, endedEarly: Bool) {
        let data = try Data(contentsOf: URL(fileURLWithPath: folder.path("s.json")))
        let session = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
        let count = ["frames", "missed"].reduce(0) { $0 + ((session[$1] as? [Any])?.count ?? 0) }
        return (count, (session["details"] as? [String: Any])?["ended_early"] as? Bool ?? false)
    }

    @Test(arguments: [1, 40_000, MadeMedia.RawFrames.byteCount - 1])
    func theWholeFramesOfARawStreamAreKept(torn: Int) throws {
        let raw = try MadeMedia.RawFrames()
        let command = try RunningCommand(
            ["video", "-", "--json", folder.path("s.json"), "--overlay", folder.path("s.mp4")]
                + MadeMedia.RawFrames.options)
        try command.feed(raw.many(6) + raw.frame.prefix(torn))
        try command.closeInput()
        // So few frames are too few to score.
        #expect([0, 3].contains(command.waitForEnd()))
        let stored = try session()
        #expect(stored.frames == 6 && stored.endedEarly)
        #expect(try MadeMedia.frameCount(folder.path("s.mp4")) == 6)
        #expect(command.messages.contains("frame 6 has \(torn) of \(MadeMedia.RawFrames.byteCount) bytes"))
        #expect(command.messages.contains("the 6 frames before that were used"))
    }

    @Test func aRawStreamWithoutAWholeFrameFails() throws {
        let command = try RunningCommand(["video", "-", "--json", folder.path("s.json")] + MadeMedia.RawFrames.options)
        try command.feed(Data(count: 100))
        try command.closeInput()
        #expect(command.waitForEnd() == 1)
        #expect(!FileManager.default.fileExists(atPath: folder.path("s.json")))
    }

    @Test(arguments: [0.5, 0.8])
    func aFileThatIsCutOffIsUsedUpToThere(part: Double) throws {
        let clip = try MadeMedia.clip(folder.path("clip.mkv"), seconds: 4, "-g", "5")
        let whole = try Data(contentsOf: URL(fileURLWithPath: clip))
        let cut = try folder.file("cut.mkv", whole.prefix(Int(Double(whole.count) * part)))
        let command = try Command("video", cut, "--json", folder.path("s.json"))
        // 3 where the part that is left shows no face.
        #expect([0, 3].contains(command.status), "\(command.messages)")
        let stored = try session()
        #expect(stored.frames > 3 && stored.frames < 40)
        #expect(command.messages.contains("cut.mkv"), "\(command.messages)")
        #expect(command.messages.split(separator: "\n").count == 1)
    }

    @Test func aFileThatIsDamagedInTheMiddleIsUsedAroundThat() throws {
        let clip = try MadeMedia.clip(folder.path("clip.mp4"), seconds: 4, "-g", "5")
        var bytes = try Data(contentsOf: URL(fileURLWithPath: clip))
        // The pictures lie before the index.
        for index in bytes.count / 3..<bytes.count / 2 { bytes[index] = UInt8(truncatingIfNeeded: index &* 73) }
        let damaged = try folder.file("damaged.mp4", bytes)
        let command = try Command("video", damaged, "--json", folder.path("s.json"))
        // 3 where the part that is left shows no face.
        #expect([0, 3].contains(command.status), "\(command.messages)")
        #expect(try session().frames > 10)
        #expect(command.messages.contains("damaged.mp4 is damaged"), "\(command.messages)")
        #expect(command.messages.split(separator: "\n").count == 1)
    }

    /// The system ends a program that takes too much memory; the file is whole.
    @Test func aDecoderThatIsKilledIsAFailureAndNotTheFiles() throws {
        let clip = try MadeMedia.clip(folder.path("clip.mp4"), seconds: 4)
        let search = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        // What decodes stops after some frames and kills itself.
        let script = """
            #!/bin/bash
            PATH='\(search)'
            case " $* " in *" rawvideo "*) ;; *) exec ffmpeg "$@" ;; esac
            ffmpeg "$@" 2>/dev/null | head -c 2000000
            kill -9 $$
            """
        let program = try folder.file("bin-ffmpeg", Data(script.utf8))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
        try FileManager.default.createDirectory(atPath: folder.path("bin"), withIntermediateDirectories: true)
        try FileManager.default.moveItem(atPath: program, toPath: folder.path("bin/ffmpeg"))
        let command = try Command(
            ["video", clip, "--json", folder.path("s.json")], environment: ["PATH": folder.path("bin") + ":" + search])
        #expect(command.status == 1, "\(command.messages)")
        #expect(command.messages.contains("ffmpeg was ended by signal 9 before the end"), "\(command.messages)")
        #expect(try session().frames > 1)
    }

    @Test func aPipeIsNoVideo() throws {
        let pipe = folder.path("pipe.mp4")
        #expect(mkfifo(pipe, 0o600) == 0)
        let command = try Command("video", pipe)
        #expect(command.status == 1)
        #expect(command.messages.contains("pipe.mp4: it is a pipe; a video must be a file"), "\(command.messages)")
    }
}
