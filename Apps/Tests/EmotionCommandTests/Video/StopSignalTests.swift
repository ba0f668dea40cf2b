import Foundation
import Testing

/// Ctrl-C, SIGTERM and SIGHUP: what was seen is kept.
@Suite(.enabled(if: Programs.haveFFmpeg, "ffmpeg is not on the search path"))
struct StopSignalTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private var listing: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: folder.path("")).sorted() }
    }

    private func session(_ path: String) throws -> [String: Any] {
        let data = try Data(contentsOf: URL(fileURLWithPath: path))
        return try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    private func count(_ session: [String: Any]) -> Int {
        ["frames", "missed"].reduce(0) { $0 + ((session[$1] as? [Any])?.count ?? 0) }
    }

    private var outputs: [String] {
        [
            "--json", folder.path("s.json"), "--csv", folder.path("s.csv"), "--report", folder.path("s.html"),
            "--overlay", folder.path("s.mp4"),
        ]
    }

    @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
    func aVideoIsKeptUpToTheSignal(number: Int32) throws {
        let raw = try MadeMedia.RawFrames()
        let command = try RunningCommand(["video", "-"] + MadeMedia.RawFrames.options + outputs)
        // More than a pipe holds, so that whole frames were read before the signal; half of one comes after them.
        try command.feed(raw.many(12) + raw.frame.prefix(MadeMedia.RawFrames.byteCount / 2))
        command.send(number)
        #expect(command.waitForEnd() == 128 + number)
        let stored = try session(folder.path("s.json"))
        let frames = count(stored)
        #expect((11...12).contains(frames))
        #expect((stored["details"] as? [String: Any])?["ended_early"] as? Bool == true)
        #expect(
            try String(contentsOfFile: folder.path("s.csv"), encoding: .utf8).split(separator: "\n").count == frames + 1
        )
        #expect(try String(contentsOfFile: folder.path("s.html"), encoding: .utf8).contains("was cut short"))
        #expect(try MadeMedia.frameCount(folder.path("s.mp4")) == frames)
        #expect(command.output.contains("cut short"))
        #expect(command.messages.contains("stopped by SIG"))
        #expect(try listing == ["s.csv", "s.html", "s.json", "s.mp4"])
    }

    @Test func aVideoFileIsKeptUpToTheSignal() throws {
        // A minute, so that it is not over before the signal comes.
        let clip = try MadeMedia.clip(folder.path("clip.mp4"), seconds: 60, "-g", "10")
        let command = try RunningCommand(["video", clip, "--every", "1"] + outputs)
        // A few frames of 320×320 went to the encoder.
        let enough = 4 * 320 * 320 * 3
        guard command.wait(until: { command.bytesWritten > enough }) else {
            return print("skipped: this system does not tell how much a process has written")
        }
        command.send(SIGINT)
        #expect(command.waitForEnd() == 128 + SIGINT)
        let frames = count(try session(folder.path("s.json")))
        #expect(frames > 0 && frames < 600)
        #expect(try MadeMedia.frameCount(folder.path("s.mp4")) == frames)
        #expect(command.messages == "emotion: " + (command.messages.split(separator: ": ").last ?? ""))
    }

    /// A terminal sends Ctrl-C to all processes of the group in the foreground; the encoder must not be among them.
    @Test func theEncoderOutlivesCtrlCAtTheTerminal() throws {
        let raw = try MadeMedia.RawFrames()
        let command = try RunningCommand(["video", "-"] + MadeMedia.RawFrames.options + outputs)
        try command.feed(raw.many(12))
        command.sendToGroup(SIGINT)
        #expect(command.waitForEnd() == 128 + SIGINT)
        let frames = count(try session(folder.path("s.json")))
        #expect(frames >= 11)
        #expect(try MadeMedia.frameCount(folder.path("s.mp4")) == frames)
    }

    @Test func nothingIsWrittenWhereNothingWasSeen() throws {
        let command = try RunningCommand(["video", "-"] + MadeMedia.RawFrames.options + outputs)
        let folder = folder
        #expect(
            command.wait {
                ((try? FileManager.default.contentsOfDirectory(atPath: folder.path(""))) ?? []).contains {
                    $0.contains("s.mp4")
                }
            })
        command.send(SIGTERM)
        #expect(command.waitForEnd() == 128 + SIGTERM)
        #expect(command.messages.contains("nothing was written"))
        #expect(try listing.isEmpty)
    }

    /// The reader of the session's pipe never comes, so that the first signal's orderly end waits for ever.
    @Test func aSecondSignalEndsAtOnceAndLeavesNoTemporaryFiles() throws {
        let raw = try MadeMedia.RawFrames()
        let pipe = folder.path("pipe")
        #expect(mkfifo(pipe, 0o600) == 0)
        let command = try RunningCommand(
            ["video", "-"] + MadeMedia.RawFrames.options + ["--json", pipe, "--report", folder.path("s.html")])
        try command.feed(raw.many(4))
        command.send(SIGINT)
        #expect(command.wait { command.messages.contains("stopped by SIGINT") })
        usleep(300_000)
        #expect(command.isRunning)
        command.send(SIGINT)
        #expect(command.waitForEnd() == 128 + SIGINT)
        #expect(try listing == ["pipe"])
    }

    @Test func signalsOfOneBreathAreOne() throws {
        let raw = try MadeMedia.RawFrames()
        let command = try RunningCommand(["video", "-"] + MadeMedia.RawFrames.options + outputs)
        try command.feed(raw.many(4))
        // As `timeout` and closing terminals do.
        for number in [SIGTERM, SIGTERM, SIGHUP] { command.send(number) }
        #expect([128 + SIGTERM, 128 + SIGHUP].contains(command.waitForEnd()))
        #expect(try MadeMedia.frameCount(folder.path("s.mp4")) >= 3)
    }

    @Test func whatNohupIgnoresStaysIgnored() throws {
        let raw = try MadeMedia.RawFrames()
        let command = try RunningCommand(
            ["video", "-"] + MadeMedia.RawFrames.options + outputs,
            launcher: ["sh", "-c", "trap '' HUP; exec \"$0\" \"$@\""])
        try command.feed(raw.many(4))
        command.send(SIGHUP)
        try command.feed(raw.many(4))
        try command.closeInput()
        // So few frames may be too few to score.
        #expect([0, 3].contains(command.waitForEnd()), "\(command.messages)")
        #expect(count(try session(folder.path("s.json"))) == 8)
    }

    @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
    func picturesEndBetweenTwoLines(number: Int32) throws {
        let command = try RunningCommand(
            ["analyze", "--json"] + [String](repeating: Repository.astronaut, count: 2000))
        #expect(command.wait { command.output.split(separator: "\n").count > 2 })
        command.send(number)
        #expect(command.waitForEnd() == 128 + number)
        let lines = command.output.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.last == "")
        for line in lines.dropLast() { #expect(line.hasPrefix("{") && line.hasSuffix("}")) }
        #expect(lines.count < 2000)
    }

    @Test func anEvaluationLeavesTheOldPredictions() throws {
        try FileManager.default.createDirectory(atPath: folder.path("f/happy"), withIntermediateDirectories: true)
        for index in 0..<600 { _ = try folder.file("f/happy/\(index).png", TinyPicture.gray) }
        let predictions = try folder.file("p.csv", Data("old".utf8))
        let command = try RunningCommand(["evaluate", folder.path("f"), "--predictions", predictions])
        let folder = folder
        #expect(
            command.wait {
                ((try? FileManager.default.contentsOfDirectory(atPath: folder.path(""))) ?? []).contains {
                    $0.contains("partial")
                }
            })
        command.send(SIGTERM)
        #expect(command.waitForEnd() == 128 + SIGTERM)
        #expect(command.output.isEmpty)
        #expect(FileManager.default.contents(atPath: predictions) == Data("old".utf8))
        #expect(try listing == ["f", "p.csv"])
    }

    /// The second pass for the stills cannot be after a signal; the rest is kept as ever.
    @Test func stillsAreLeftOutAfterASignal() throws {
        let clip = try MadeMedia.clip(folder.path("clip.mp4"), seconds: 60, "-g", "10")
        let command = try RunningCommand(["video", clip, "--every", "1", "--stills"] + outputs)
        let enough = 4 * 320 * 320 * 3
        guard command.wait(until: { command.bytesWritten > enough }) else {
            return print("skipped: this system does not tell how much a process has written")
        }
        command.send(SIGINT)
        #expect(command.waitForEnd() == 128 + SIGINT, "\(command.messages)")
        #expect(command.messages.contains("the report has no pictures"))
        #expect(try listing == ["clip.mp4", "s.csv", "s.html", "s.json", "s.mp4"])
    }

    /// An `ffmpeg` that never answers has the picture in a temporary file.
    @Test func noPictureStaysBehind() throws {
        // At work as long as its picture is there, a minute at the most: `waitForEnd` waits for what the command left running.
        let script = """
            #!/bin/sh
            for _ in $(seq 600); do
                [ -n "$(ls "$TMPDIR")" ] || exit 1
                sleep 0.1
            done
            """
        let program = try folder.file("ffmpeg", Data(script.utf8))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
        let search = folder.path("") + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")
        let temporary = folder.path("tmp")
        try FileManager.default.createDirectory(atPath: temporary, withIntermediateDirectories: true)
        let command = try RunningCommand(["analyze", "-"], environment: ["PATH": search, "TMPDIR": temporary])
        try command.feed(Data("GIF89a\u{8}\0\u{8}\0\0\0\0".utf8))
        try command.closeInput()
        #expect(command.wait { (try? FileManager.default.contentsOfDirectory(atPath: temporary))?.isEmpty == false })
        command.send(SIGTERM)
        #expect(command.waitForEnd() == 128 + SIGTERM)
        #expect(try FileManager.default.contentsOfDirectory(atPath: temporary).isEmpty)
    }
}
