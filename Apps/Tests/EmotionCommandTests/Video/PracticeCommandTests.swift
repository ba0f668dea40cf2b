import Foundation
import Testing

/// Sessions before a camera that is made for the tests.
@Suite(.enabled(if: MadeCamera.isPossible, "no ffmpeg, or no folder of devices to make files in"))
struct PracticeCommandTests {
    private let folder: TemporaryFolder
    private let camera: MadeCamera

    init() throws {
        folder = try TemporaryFolder()
        camera = try MadeCamera()
    }

    private var journal: String { folder.path("j.jsonl") }

    private func lines(of path: String) -> Int {
        (FileManager.default.contents(atPath: path) ?? Data()).count { $0 == UInt8(ascii: "\n") }
    }

    private func start(_ options: String..., camera: MadeCamera? = nil) throws -> RunningCommand {
        let camera = camera ?? self.camera
        return try RunningCommand(
            ["practice", "--device", camera.device, "--every", "2"] + options, environment: camera.environment)
    }

    private func details(_ path: String) throws -> [String: Any] {
        let data = try Data(contentsOf: URL(fileURLWithPath: path))
        let session = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
        #expect((session["frames"] as? [Any])?.isEmpty == false)
        return try #require(session["details"] as? [String: Any])
    }

    @Test func endsAfterTheSecondsThatAreAskedFor() throws {
        let json = folder.path("s.json")
        let command = try start("--seconds", "3", "--json", json, "--journal", journal)
        #expect(command.waitForEnd() == 0, "\(command.messages)")
        #expect(try details(json)["ended_early"] == nil)
        #expect(command.output.hasPrefix("score"))
    }

    /// What a session's file says of the voice.
    private func heard(_ json: String) throws -> [String: Any] {
        let data = try Data(contentsOf: URL(fileURLWithPath: json))
        let session = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
        return try #require(session["voice"] as? [String: Any])
    }

    @Test func theVoiceIsMeasuredWhereAMicrophoneIsNamed() throws {
        let json = folder.path("s.json")
        let command = try start("--seconds", "6", "--json", json, "--microphone", "default")
        #expect(command.waitForEnd() == 0, "\(command.messages)")
        #expect(command.output.contains("s of speech"), "\(command.output)")
        #expect(try #require(heard(json)["speaking_seconds"] as? Double) > 1)

        let deaf = try start("--seconds", "2", "--json", json, "--microphone", "pulse:none")
        #expect(deaf.waitForEnd() == 0)
        #expect(deaf.messages.contains("the microphone gave no sound"), "\(deaf.messages)")
        #expect(deaf.output.hasPrefix("score"))
    }

    @Test func aMicrophoneWithoutRoomForItsSoundCostsTheSessionNothingElse() throws {
        let command = try RunningCommand(
            ["practice", "--device", camera.device, "--every", "2", "--seconds", "2", "--microphone", "default"],
            environment: camera.environment.merging(["TMPDIR": "/nonexistent"]) { $1 })
        #expect(command.waitForEnd() == 0, "\(command.messages)")
        #expect(command.messages.contains("the microphone gave no sound: /nonexistent"), "\(command.messages)")
        #expect(command.output.hasPrefix("score"))
    }

    @Test func whatAMicrophoneHearsIsNotHeld() throws {
        let json = folder.path("s.json")
        func peak(_ camera: MadeCamera) throws -> Double? {
            let measured = try MeasuredCommand(
                "practice", "--device", camera.device, "--every", "2", "--seconds", "3", "--microphone", "default",
                "--json", json, environment: camera.environment)
            #expect(measured.map { $0.command.status == 0 } ?? true, "\(measured?.command.messages ?? "")")
            return measured?.peakMegabytes
        }
        guard let short = try peak(camera), let long = try peak(MadeCamera(silentMinutes: 10)) else { return }
        #expect(try #require(heard(json)["duration"] as? Double) > 300, "the microphone gave less than its ten minutes")
        // Ten minutes are 19 MB of samples, which were held several times over; what is measured at once takes some room as well.
        #expect(long < short + 40, "\(long) MB, and \(short) MB for three seconds")
    }

    /// `script` gives the command a terminal, on which what is fed to it is typed.
    @Test(.enabled(if: Programs.have("script"), "there is no `script`"))
    func theKeyboardMarksQuestionsAndEndsTheSession() throws {
        let json = folder.path("s.json")
        let command = try RunningCommand(
            [
                "practice", "--device", camera.device, "--every", "2", "--json", json, "--journal", journal,
                "--no-check", "--no-resting",
            ],
            environment: camera.environment,
            launcher: ["sh", "-c", "exec script -qefc \"$0 $*\" /dev/null"])
        let journal = journal
        for (length, keys) in [(20, "\n"), (30, "q\n")] {
            #expect(command.wait { lines(of: journal) > length }, "\(command.messages)")
            try command.feed(Data(keys.utf8))
        }
        #expect(command.waitForEnd() == 0, "\(command.messages)")
        #expect(try details(json)["ended_early"] == nil)
        let text = try String(contentsOfFile: json, encoding: .utf8)
        #expect(text.contains("Question 1") && !text.contains("Question 2"))
    }

    @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
    func aSessionIsKeptUpToTheSignal(number: Int32) throws {
        let (json, html) = (folder.path("s.json"), folder.path("s.html"))
        let command = try start("--json", json, "--report", html, "--journal", journal)
        let journal = journal
        #expect(command.wait { lines(of: journal) > 30 }, "\(command.messages)")
        command.send(number)
        #expect(command.waitForEnd() == 128 + number)
        #expect(try details(json)["ended_early"] as? Bool == true)
        #expect(try String(contentsOfFile: html, encoding: .utf8).contains("was cut short"))
        #expect(command.messages.contains("emotion report \(journal)"))
    }

    @Test func aCameraThatGoesAwayEndsTheSession() throws {
        let json = folder.path("s.json")
        let camera = try MadeCamera(limit: 3)
        let command = try start("--json", json, camera: camera)
        #expect(command.waitForEnd() == 0, "\(command.messages)")
        withExtendedLifetime(camera) {}
        #expect(try details(json)["ended_early"] as? Bool == true)
        #expect(command.messages.contains("gave no more frames"))
    }

    @Test func theReportReadsTheJournalOfAKilledRecording() throws {
        let command = try start("--journal", journal)
        let journal = journal
        #expect(command.wait { lines(of: journal) > 30 }, "\(command.messages)")
        command.send(SIGKILL)
        #expect(command.waitForEnd() == -SIGKILL)
        let report = try Command("report", journal)
        #expect(report.status == 0, "\(report.messages)")
        #expect(report.output.first?.hasPrefix("score") == true)
    }

    /// A limit on the size of files, here 8 KiB, does what a full disk does.
    @Test func aSessionGoesOnWhereItsJournalFails() throws {
        let csv = folder.path("s.csv")
        let command = try RunningCommand(
            [
                "practice", "--device", camera.device, "--every", "2", "--seconds", "3", "--journal", journal, "--csv",
                csv,
            ],
            environment: camera.environment, launcher: ["bash", "-c", "ulimit -f 8; exec \"$0\" \"$@\""])
        #expect(command.waitForEnd() == 1)
        let reason = "the file would be larger than the disk or a limit allows"
        #expect(command.messages.contains("\(journal) cannot be written: \(reason)"), "\(command.messages)")
        // Three seconds at ten frames, of which the journal took the first, all in whole lines.
        #expect(lines(of: csv) > 25)
        let kept = try #require(FileManager.default.contents(atPath: journal))
        #expect(kept.count <= 8192 && kept.last == UInt8(ascii: "\n"))
        #expect(command.output.hasPrefix("score"))
    }
}
