import Testing

@testable import MediaStreams

@Suite struct ChildProcessTests {
    @Test func namesAProgramThatIsNotThere() {
        #expect(throws: MediaError.missingProgram("no-such-program-anywhere")) {
            try ChildProcess("no-such-program-anywhere", [], .fromOutput)
        }
    }

    @Test func reportsHowAProgramEnded() throws {
        let child = try ChildProcess("sh", ["-c", "exit 7"], .fromOutput)
        #expect(throws: MediaError.failed(program: "sh", status: 7, reason: nil)) { try child.finish() }
    }

    @Test func keepsWhatAProgramSaysOnStandardError() throws {
        let child = try ChildProcess("sh", ["-c", "printf 'one\\ntwo\\rthree' >&2"], .fromOutput)
        #expect(child.messages == ProgramMessages(lines: ["one", "two", "three"], count: 3))
    }

    /// Five megabytes on standard error before the first byte on standard output.
    @Test func aTalkativeProgramDoesNotWaitForAReader() throws {
        let script = "yes 'a line of forty characters, more or less' | head -n 120000 >&2; echo done"
        let child = try ChildProcess("sh", ["-c", script], .fromOutput)
        var bytes = [UInt8](repeating: 0, count: 5)
        #expect(try child.pipe.read(into: &bytes) == 5)
        #expect(child.messages.count == 120_000)
        #expect(child.messages.lines.count == 32)
    }

    @Test func doesNotWaitForWhomTheProgramLeavesBehind() throws {
        let start = ContinuousClock.now
        let child = try ChildProcess("sh", ["-c", "echo why >&2; sleep 20 >/dev/null & exit 1"], .fromOutput)
        #expect(throws: MediaError.failed(program: "sh", status: 1, reason: nil)) { try child.finish() }
        #expect(ContinuousClock.now - start < .seconds(10))
    }

    @Test(arguments: [
        (
            ["[mov,mp4 @ 0x55e5d5f80b80] moov atom not found", "file:a.mp4: Invalid data found when processing input"],
            "it is cut off before its index, or no video; record or copy it again"
        ),
        (
            ["Error writing trailer of a.mp4: No space left on device"],
            "the disk is full; free some space or write elsewhere"
        ),
        (["nosuch.mp4: Is a directory"], "it is a folder, not a file"),
    ])
    func putsFFmpegsWordsPlainly(lines: [String], reason: String) {
        #expect(ProgramMessages(lines: lines, count: lines.count).reason == reason)
    }

    @Test func whatIsNotKnownIsNoReason() {
        #expect(ProgramMessages(lines: [], count: 0).reason == nil)
        let messages = ProgramMessages(lines: ["[x @ 0x1] [y @ 0x2] something\u{1B}[31m new"], count: 1)
        #expect(messages.reason == nil)
        #expect(messages.lines == ["something[31m new"])
    }
}
