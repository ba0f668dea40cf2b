import Foundation
import Testing

/// Recordings that wait for each other, with a program in ffmpeg's place that shows what the service does with it.
struct VoiceRouteTests {
    /// A folder with an `ffmpeg` of these lines, to be put in front of the search path.
    private static func ffmpeg(_ lines: String..., in folder: TemporaryFolder) throws -> [String: String] {
        let program = try folder.file("ffmpeg", Array((["#!/bin/sh"] + lines).joined(separator: "\n").utf8))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
        return ["PATH": folder.path("") + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "")]
    }

    /// Something that only ffmpeg could read.
    private static let recording = Pictures.form([
        (#"name="audio"; filename="a.mp3""#, [UInt8](repeating: 7, count: 999))
    ])

    private func send(_ body: [UInt8] = recording, to server: ServerProcess) throws -> HTTPReply {
        try server.request(
            "POST", "/analyze/voice", headers: ["Content-Type": "multipart/form-data; boundary=XyZ"], body: body)
    }

    @Test func oneRecordingAtATimeIsDecoded() throws {
        let folder = try TemporaryFolder()
        let log = try folder.file("runs", [])
        let environment = try Self.ffmpeg("echo begin >>\(log)", "sleep 0.2", "echo end >>\(log)", "exit 1", in: folder)
        let server = try ServerProcess(environment: environment, waitsForModels: false)
        let replies = Concurrently.map(5) { _ in try? self.send(to: server) }
        #expect(replies.map { $0?.code } == [String?](repeating: "unsupported_format", count: 5))
        let runs = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
        #expect(runs == (0..<5).flatMap { _ in ["begin", "end"] as [Substring] })
    }

    @Test func theDeadlineEndsDecodingAndWaiting() throws {
        let folder = try TemporaryFolder()
        let environment = try Self.ffmpeg("exec sleep 60", in: folder)
        let server = try ServerProcess("--deadline", "1", environment: environment, waitsForModels: false)
        let begin = Date()
        let replies = Concurrently.map(4) { _ in try? self.send(to: server) }
        #expect(Date().timeIntervalSince(begin) < 10)
        #expect(replies.map { $0?.code } == [String?](repeating: "deadline_exceeded", count: 4))
        #expect(replies.allSatisfy { $0?.status == 503 && $0?.headers["retry-after"] != nil })
    }

    @Test func samplesCountAmongWhatIsHeld() throws {
        let folder = try TemporaryFolder()
        let log = try folder.file("runs", [])
        let environment = try Self.ffmpeg("echo begin >>\(log)", "exec sleep 3", in: folder)
        let server = try ServerProcess(
            "--max-body-mib", "8", "--max-held-mib", "16", environment: environment, waitsForModels: false)
        let body = [UInt8](repeating: 0, count: 6 << 20)
        let thread = Thread { _ = try? self.send(to: server) }
        thread.start()
        for _ in 0..<200 where try String(contentsOfFile: log, encoding: .utf8).isEmpty { usleep(20_000) }
        // Three quarters of the memory wait for ffmpeg's samples.
        #expect(try server.post(picture: body, to: "/analyze/facial").code == "busy")
        while !thread.isFinished { usleep(20_000) }
        #expect(try server.post(picture: body, to: "/analyze/facial").code == "unsupported_format")
    }

    @Test func withLittleMemoryRecordingsAreShorter() throws {
        func wave(_ seconds: Int) -> [UInt8] {
            func word(_ value: Int, _ bytes: Int) -> [UInt8] { (0..<bytes).map { UInt8(value >> (8 * $0) & 255) } }
            let count = 8_000 * seconds
            let format = word(1, 2) + word(1, 2) + word(8_000, 4) + word(8_000, 4) + word(1, 2) + word(8, 2)
            let head = Array("RIFF".utf8) + word(36 + count, 4) + Array("WAVEfmt ".utf8) + word(16, 4) + format
            let file = head + Array("data".utf8) + word(count, 4) + [UInt8](repeating: 128, count: count)
            return Pictures.form([(#"name="audio"; filename="a.wav""#, file)])
        }
        let server = try ServerProcess("--max-body-mib", "8", "--max-held-mib", "16", waitsForModels: false)
        // 12 MiB at 288,000 bytes a second, less two seconds.
        let long = try send(wave(43), to: server)
        #expect(
            long.status == 413 && long.code == "sound_too_long" && long.text.contains("at most 41 s"), "\(long.text)")
        #expect(try send(wave(41), to: server).code == "no_speech")
    }
}
