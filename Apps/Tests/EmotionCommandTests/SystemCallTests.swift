import Foundation
import Testing

/// By the system calls of every command that writes: nothing is opened for writing under an output's name, and each output
/// gets its name by `rename`.
@Suite(.enabled(if: Programs.haveFFmpeg, "ffmpeg is not on the search path"))
struct SystemCallTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Checks a run that writes `outputs`, over files of these names.
    private func check(
        _ arguments: [String], writes outputs: [String], environment: [String: String] = [:],
        status: ClosedRange<Int32> = 0...0
    ) throws {
        let trace = folder.path("trace")
        let calls = "trace=openat,open,creat,rename,renameat,renameat2,truncate"
        for path in outputs { try Data("old".utf8).write(to: URL(fileURLWithPath: path)) }
        let command = try Command(
            arguments, environment: environment, launcher: ["strace", "-f", "-s", "4096", "-e", calls, "-o", trace])
        guard let text = try? String(contentsOfFile: trace, encoding: .utf8), text.contains("openat(") else {
            return print("skipped: strace is not there or may not trace: \(command.messages)")
        }
        #expect(status.contains(command.status), "\(command.messages)")
        let lines = text.split(separator: "\n")
        for path in outputs {
            let named = lines.filter { $0.contains("\"\(path)\"") }
            let written = named.filter { line in
                ["O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC", "creat(", "truncate("].contains { line.contains($0) }
            }
            #expect(written.isEmpty, "\(written)")
            let renamed = named.filter { $0.contains("rename") && $0.contains(", \"\(path)\"") && $0.hasSuffix("= 0") }
            #expect(renamed.count == 1, "\(path)")
            #expect(FileManager.default.contents(atPath: path) != Data("old".utf8))
        }
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.path("")).allSatisfy { !$0.contains("partial") })
    }

    @Test func analyze() throws {
        let overlay = folder.path("o.png")
        try check(["analyze", Repository.astronaut, "--overlay", overlay], writes: [overlay])
    }

    @Test func detect() throws {
        let crops = folder.path("crops")
        try FileManager.default.createDirectory(atPath: crops, withIntermediateDirectories: true)
        try check(["detect", Repository.astronaut, "--crops", crops], writes: [crops + "/astronaut-1.png"])
    }

    @Test func evaluate() throws {
        let predictions = folder.path("p.csv")
        try FileManager.default.createDirectory(atPath: folder.path("f/happy"), withIntermediateDirectories: true)
        _ = try folder.file("f/happy/1.png", TinyPicture.gray)
        try check(["evaluate", folder.path("f"), "--predictions", predictions], writes: [predictions])
    }

    @Test func report() throws {
        let journal = try folder.file("j", MadeSession.journal)
        let outputs = ["r.html", "s.json", "t.csv"].map(folder.path)
        let options = zip(["--html", "--json", "--csv"], outputs).flatMap { [$0, $1] }
        try check(["report", journal] + options, writes: outputs)
    }

    /// The overlay with its sound, which two more runs of ffmpeg write.
    @Test func video() throws {
        let clip = folder.path("clip.mp4")
        let sound = ["-f", "lavfi", "-t", "2", "-i", "sine=frequency=300", "-map", "0:v", "-map", "1:a", "-shortest"]
        try Programs.ffmpeg(
            ["-loop", "1", "-framerate", "10", "-t", "2", "-i", Repository.astronaut] + sound
                + ["-vf", "scale=320:320", "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", clip])
        let outputs = ["s.json", "t.csv", "r.html", "o.mp4"].map(folder.path)
        let options = zip(["--json", "--csv", "--report", "--overlay"], outputs).flatMap { [$0, $1] }
        try check(["video", clip, "--every", "2"] + options, writes: outputs)
    }

    @Test(.enabled(if: MadeCamera.isPossible, "no camera can be made here")) func practice() throws {
        let camera = try MadeCamera(limit: 2)
        let outputs = ["s.json", "t.csv", "r.html"].map(folder.path)
        let options = zip(["--json", "--csv", "--report"], outputs).flatMap { [$0, $1] }
        // The astronaut smiles: no face at rest, and so nothing for --save-resting.
        try check(
            ["practice", "--device", camera.device, "--seconds", "1"] + options, writes: outputs,
            environment: camera.environment, status: 0...3)
    }
}
