import Foundation
import Testing

/// Data that does not arrive is a failure; a reader that has seen enough is none.
@Suite struct StandardOutputTests {
    /// Every command that prints data; SESSION, FACES and TEXT are made.
    private static let commands = [
        ["--help"], ["--version"], ["analyze", "--help"], ["--generate-completion-script", "bash"], ["doctor"],
        ["models", "info"], ["models", "verify"], ["analyze", Repository.astronaut],
        ["analyze", "--json", Repository.astronaut], ["detect", Repository.astronaut],
        ["detect", "--json", Repository.astronaut], ["evaluate", "FACES"], ["evaluate", "--json", "FACES"],
        ["evaluate", "FACES", "--predictions", "-"], ["report", "SESSION"], ["report", "SESSION", "--html", "-"],
        ["report", "SESSION", "--json", "/dev/stdout"], ["fuse", "--text", "TEXT"],
    ]

    private func run(_ arguments: [String], _ script: String) throws -> Command {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder.path("happy"), withIntermediateDirectories: true)
        _ = try folder.file("happy/1.png", TinyPicture.gray)
        let names = [
            "FACES": folder.path(""), "SESSION": try folder.file("s.jsonl", MadeSession.journal),
            "TEXT": try folder.file("t.json", Data(#"{"success":true,"quality_score":85}"#.utf8)),
        ]
        return try Command(arguments.map { names[$0] ?? $0 }, launcher: ["bash", "-c", script])
    }

    @Test(.enabled(if: access("/dev/full", W_OK) == 0, "there is no /dev/full"), arguments: commands)
    func aFullDiskIsAFailure(arguments: [String]) throws {
        let command = try run(arguments, "exec \"$0\" \"$@\" > /dev/full")
        #expect(command.status == 1)
        #expect(
            command.messages.hasSuffix(
                "emotion: cannot write to standard output: the disk is full; free some space or write elsewhere\n"),
            "\(command.messages)")
    }

    @Test(arguments: commands)
    func aClosedPipeEndsQuietly(arguments: [String]) throws {
        let usual = try run(arguments, "exec \"$0\" \"$@\" > /dev/null")
        // `true` reads nothing and is gone when the command writes.
        let closed = try run(
            arguments, "{ sleep 0.1; \"$0\" \"$@\"; echo ${?} >&3; } 3>&2 | true; exit ${PIPESTATUS[1]}")
        let status = try #require(closed.messages.split(separator: "\n").last)
        #expect(status == "\(usual.status)", "\(closed.messages)")
        #expect(closed.messages.split(separator: "\n").count == 1 + usual.messages.split(separator: "\n").count)
    }

    @Test func nothingMoreIsLookedAtWhenNobodyReads() throws {
        // Were the last one reached, it would be reported.
        let pictures = [String](repeating: Repository.astronaut, count: 100) + ["/nonexistent.png"]
        let command = try Command(
            ["analyze", "--json"] + pictures,
            launcher: ["bash", "-c", "\"$0\" \"$@\" | head -1; exit ${PIPESTATUS[0]}"])
        #expect(command.status == 0)
        #expect(try command.objects().count == 1)
        #expect(command.messages.isEmpty)
    }

    @Test func aStreamThatTheCallerClosedIsAFailure() throws {
        let command = try Command(["doctor"], launcher: ["sh", "-c", "exec \"$0\" \"$@\" >&-"])
        #expect(command.status == 1)
        #expect(command.messages.contains("cannot write to standard output"))
    }

    @Test func noOutputBecomesStandardOutputWhereThatIsClosed() throws {
        let folder = try TemporaryFolder()
        let overlay = folder.path("o.png")
        let command = try Command(
            ["analyze", Repository.astronaut, "--overlay", overlay], launcher: ["sh", "-c", "exec \"$0\" \"$@\" >&-"])
        #expect(command.status == 1)
        #expect(try Command("detect", overlay).status == 0)
    }
}
