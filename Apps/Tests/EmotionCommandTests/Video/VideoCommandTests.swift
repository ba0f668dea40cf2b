import Foundation
import Testing

/// Programs that a few tests need; they are skipped with this reason where one is missing.
enum Programs {
    static let haveFFmpeg: Bool = {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["ffmpeg", "-version"]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }()

    /// Whether a program of the system is there.
    static func have(_ name: String) -> Bool { access("/usr/bin/" + name, X_OK) == 0 }

    /// Runs ffmpeg quietly.
    static func ffmpeg(_ arguments: String...) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["ffmpeg", "-y", "-nostdin", "-loglevel", "error"] + arguments
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }
}

@Suite struct VideoOptionTests {
    @Test func saysThatTheFileIsAbsent() throws {
        let command = try Command("video", "/nonexistent/video.mp4")
        #expect(command.status == 1)
        #expect(command.messages.contains("/nonexistent/video.mp4"))
    }

    @Test(arguments: [
        ["video"], ["video", "-"], ["video", "-", "--width", "4"], ["video", "a.mp4", "--every", "0"],
        ["video", "a.mp4", "--overlay", "out.avi"], ["video", "a.mp4", "--question", "no time"], ["fuse"], ["report"],
        ["video", "a.mp4", "--cpu-budget", "200"], ["practice", "--device", "/tmp/file"],
    ])
    func refusesWrongUsage(arguments: [String]) throws {
        let command = try Command(arguments)
        #expect(command.status == 2)
        #expect(command.output.isEmpty)
    }

    @Test func saysThatThereIsNoCamera() throws {
        let command = try Command("practice", "--device", "/dev/video97")
        #expect(command.status == 1)
        #expect(command.messages.contains("there is no camera here"))
    }

    @Test func saysThatFFmpegIsMissing() throws {
        let folder = try TemporaryFolder()
        let path = try folder.file("clip.mp4", [0])
        let command = try Command(["video", path], environment: ["PATH": "/nonexistent"])
        #expect(command.status == 1)
        #expect(command.messages.contains("ffmpeg is not installed"))
    }
}

@Suite(.enabled(if: Programs.haveFFmpeg, "ffmpeg is not on the search path"))
struct VideoCommandTests {
    /// Two seconds of the astronaut at 10 frames a second, with `options` of ffmpeg.
    private func clip(_ folder: TemporaryFolder, _ options: String...) throws -> String {
        let path = folder.path("clip.mp4")
        let input = ["-loop", "1", "-framerate", "10", "-t", "2", "-i", Repository.astronaut]
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments =
            ["ffmpeg", "-y", "-nostdin", "-loglevel", "error"] + input + options
            + ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", path]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return path
    }

    private func object(_ path: String) throws -> [String: Any] {
        let data = try Data(contentsOf: URL(fileURLWithPath: path))
        return try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    @Test func writesSessionTableAndReport() throws {
        let folder = try TemporaryFolder()
        let clip = try clip(folder)
        let (json, csv, html) = (folder.path("s.json"), folder.path("s.csv"), folder.path("s.html"))
        let command = try Command(
            "video", clip, "--every", "2", "--json", json, "--csv", csv, "--report", html, "--question", "A@B@0:01")
        #expect(command.status == 0)
        #expect(command.messages.isEmpty)
        #expect(command.output.contains { $0.hasPrefix("score") })
        let session = try object(json)
        let frames = try #require(session["frames"] as? [[String: Any]])
        #expect(!frames.isEmpty)
        #expect(frames.allSatisfy { $0["dominant_emotion"] as? String == "happy" })
        // What the weight file calls a guess is uncertain in the session as well.
        let uncertainty = (session["configuration"] as? [String: Any])?["uncertainty"] as? [String: Double]
        let fact = try #require(try Command("models", "info").output.first { $0.contains("uncertain_below") })
        let threshold = try #require(fact.split(separator: " ").last.flatMap { Double($0) })
        #expect(uncertainty == ["minimum_probability": threshold])
        #expect(frames.allSatisfy { (0...1).contains(($0["quality"] as? [String: Double])?["score"] ?? -1) })
        #expect(frames.allSatisfy { $0["detection_stage"] as? String == "mtcnn" && $0["landmarks"] != nil })
        let question = try #require((session["questions"] as? [[String: Any]])?.first)
        #expect(question["label"] as? String == "A@B" && question["start"] as? Double == 1)
        let rows = try String(contentsOfFile: csv, encoding: .utf8).split(separator: "\n")
        #expect(rows.count == 21)
        #expect(try String(contentsOfFile: html, encoding: .utf8).contains("A@B"))

        let again = folder.path("again.html")
        #expect(try Command("report", json, "--html", again).status == 0)
        #expect(FileManager.default.contents(atPath: again) == FileManager.default.contents(atPath: html))
    }

    // Of 20 frames the first and the sixteenth: that is no step of ten.
    @Test func keepsTheStepThatWasAskedFor() throws {
        let folder = try TemporaryFolder()
        let json = folder.path("s.json")
        #expect(try Command("video", clip(folder), "--every", "15", "--json", json).status == 0)
        let media = (try object(json)["details"] as? [String: Any])?["media"] as? [String: Any]
        #expect(media?["every_nth_frame"] as? Int == 15)
    }

    @Test func keepsTheTimesOfAVariableFrameRate() throws {
        let folder = try TemporaryFolder()
        // Half of the frames are dropped in the first second only.
        let clip = try clip(folder, "-vf", "select='gte(t,1)+not(mod(n,2))'", "-fps_mode", "vfr")
        let json = folder.path("s.json")
        #expect(try Command("video", clip, "--every", "1", "--json", json).status != 1)
        let session = try object(json)
        let all = ["frames", "missed"].flatMap { session[$0] as? [[String: Any]] ?? [] }
        let times = all.compactMap { $0["timestamp"] as? Double }.sorted().map { ($0 * 10).rounded() / 10 }
        #expect(times == [0, 0.2, 0.4, 0.6, 0.8] + (10..<20).map { Double($0) / 10 })
    }

    @Test func turnsAPhonesVideoUpright() throws {
        let folder = try TemporaryFolder()
        let lying = try clip(folder, "-vf", "transpose=1")
        let turned = folder.path("turned.mp4")
        try Programs.ffmpeg("-i", lying, "-c", "copy", "-metadata:s:v:0", "rotate=90", turned)
        let json = folder.path("s.json")
        #expect(try Command("video", turned, "--every", "2", "--json", json).status == 0)
        #expect(((try object(json))["frames"] as? [Any])?.isEmpty == false)
    }

    @Test func writesAnOverlayOfTheSameFrames() throws {
        let folder = try TemporaryFolder()
        let clip = try clip(folder)
        let overlay = folder.path("overlay.mp4")
        #expect(try Command("video", clip, "--every", "2", "--overlay", overlay).status == 0)
        let json = folder.path("again.json")
        #expect(try Command("video", overlay, "--every", "1", "--json", json).status == 0)
        let session = try object(json)
        let count = ["frames", "missed"].reduce(0) { $0 + ((session[$1] as? [Any])?.count ?? 0) }
        #expect(count == 20)
    }

    @Test func findsNobodyOnAnEmptyWall() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("wall.mp4")
        try Programs.ffmpeg(
            "-f", "lavfi", "-i", "color=gray:s=160x120:r=5:d=1", "-c:v", "libx264", "-pix_fmt", "yuv420p", path)
        let command = try Command("video", path, "--every", "1")
        #expect(command.status == 3)
        #expect(command.output.contains { $0.contains("withheld") })
    }

    @Test func refusesAFileThatIsNoVideo() throws {
        let folder = try TemporaryFolder()
        let command = try Command("video", try folder.file("text.mp4", Data("no video".utf8)))
        #expect(command.status == 1)
        #expect(command.output.isEmpty)
    }
}
