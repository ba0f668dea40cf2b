import Foundation
import Testing

/// What may be an output, and what becomes of a file that was there before.
@Suite struct OutputFileTests {
    /// Every name under which `path` can be reached: as it is, with a detour, by a symbolic and by a hard link.
    private func names(of name: String, in folder: TemporaryFolder) throws -> [String] {
        let (symbolic, hard) = (folder.path("symbolic-" + name), folder.path("hard-" + name))
        try FileManager.default.createSymbolicLink(atPath: symbolic, withDestinationPath: name)
        try FileManager.default.linkItem(atPath: folder.path(name), toPath: hard)
        return [folder.path(name), folder.path("./" + name), symbolic, hard]
    }

    /// A command with one input and one output.
    struct Case: CustomTestStringConvertible, Sendable {
        let input: String
        let before: [String]
        let between: [String]
        var testDescription: String { (before + [input] + between).joined(separator: " ") }

        init(_ before: [String], _ input: String, _ between: [String]) {
            (self.before, self.input, self.between) = (before, input, between)
        }
    }

    private static let cases = [
        Case(["analyze"], "in.png", ["--overlay"]),
        Case(["video"], "in.mp4", ["--json"]), Case(["video"], "in.mp4", ["--csv"]),
        Case(["video"], "in.mp4", ["--report"]), Case(["video"], "in.mp4", ["--overlay"]),
        Case(["video", "absent.mp4", "--weights"], "in.safetensors", ["--json"]),
        Case(["practice", "--detector-weights"], "in.safetensors", ["--csv"]),
        Case(["practice", "--weights"], "in.safetensors", ["--journal"]),
        Case(["report"], "in.json", ["--html"]), Case(["report"], "in.json", ["--json"]),
        Case(["report", "absent.json", "--earlier"], "in.json", ["--html"]),
    ]

    @Test(arguments: cases)
    func refusesAnOutputThatIsAnInput(example: Case) throws {
        let folder = try TemporaryFolder()
        let content = Data("some content".utf8)
        let input = try folder.file(example.input, content)
        let names = try names(of: example.input, in: folder)
        let listing = try FileManager.default.contentsOfDirectory(atPath: folder.path("")).sorted()
        for output in names {
            let command = try Command(example.before + [input] + example.between + [output])
            #expect(command.status == 2, "\(output): \(command.messages)")
            #expect(command.messages.contains("is the same file as the input"))
            #expect(command.output.isEmpty)
        }
        #expect(FileManager.default.contents(atPath: input) == content)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("")).sorted() == listing)
    }

    @Test func refusesPredictionsThatArePicturesOrVotes() throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder.path("faces/happy"), withIntermediateDirectories: true)
        let picture = try folder.file("faces/happy/1.png", TinyPicture.gray)
        let votes = try folder.file("votes.csv", Data("row\n".utf8))
        for output in [picture, votes] {
            let command = try Command(
                "evaluate", folder.path("faces"), "--labels", votes, "--predictions", output)
            #expect(command.status == 2, "\(command.messages)")
        }
        #expect(FileManager.default.contents(atPath: picture) == TinyPicture.gray)
    }

    /// The sessions of a history are read, and a folder that is none is told before the work.
    @Test func refusesAnOutputThatIsASessionOfTheHistory() throws {
        let folder = try TemporaryFolder()
        let clip = try folder.file("clip.mp4", [0])
        try FileManager.default.createDirectory(atPath: folder.path("h"), withIntermediateDirectories: true)
        let session = try folder.file("s.json", MadeSession.journal)
        let old = try folder.file("h/old.json", Data("old".utf8))
        for arguments in [["report", session, "--html"], ["video", clip, "--report"], ["practice", "--report"]] {
            let command = try Command(arguments + [old, "--history", folder.path("h")])
            #expect(command.status == 2, "\(command.messages)")
            #expect(command.messages.contains("is the same file as the input"))
            let absent = try Command(arguments + [folder.path("new"), "--history", folder.path("none")])
            #expect(absent.status == 1)
            #expect(absent.messages.contains("none: there is no such file or folder"), "\(absent.messages)")
        }
        #expect(FileManager.default.contents(atPath: old) == Data("old".utf8))
        #expect(!FileManager.default.fileExists(atPath: folder.path("new")))
    }

    @Test func refusesTwoOutputsInOneFileThatIsNotThereYet() throws {
        let folder = try TemporaryFolder()
        let clip = try folder.file("clip.mp4", [0])
        let (first, second) = (folder.path("out"), folder.path("./out"))
        for options in [["--json", first, "--csv", second], ["--csv", first, "--report", second]] {
            let command = try Command(["video", clip] + options)
            #expect(command.status == 2)
            #expect(command.messages.contains("is the same file as"))
        }
        let journal = try Command("practice", "--json", first, "--journal", second)
        #expect(journal.status == 2)
        try FileManager.default.createSymbolicLink(atPath: folder.path("link"), withDestinationPath: "out")
        #expect(try Command("video", clip, "--json", folder.path("link"), "--csv", first).status == 2)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("")).sorted() == ["clip.mp4", "link"])
    }

    @Test func refusesStandardOutputForTwoOutputsAndForAnInput() throws {
        let folder = try TemporaryFolder()
        let clip = try folder.file("clip.mp4", [0])
        let twice = try Command("video", clip, "--json", "-", "--csv", "/dev/stdout")
        #expect(twice.status == 2)
        #expect(twice.messages.contains("standard output"))
        let appended = try Command(
            ["analyze", clip], launcher: ["sh", "-c", "exec \"$0\" \"$@\" >> '\(clip)'"])
        #expect(appended.status == 2)
        #expect(FileManager.default.contents(atPath: clip) == Data([0]))
        // Renaming a file over the one that the shell opened would hide what is printed.
        let both = try Command(
            ["video", clip, "--json", folder.path("out")],
            launcher: ["sh", "-c", "exec \"$0\" \"$@\" > '\(folder.path("out"))'"])
        #expect(both.status == 2)
    }

    /// Each command is told before its work: nothing is printed, no other output is made, and the message names the path.
    @Test(arguments: [
        ["video", "CLIP", "--csv", "GOOD", "--json", "/nonexist/p.json"],
        ["video", "CLIP", "--csv", "GOOD", "--overlay", "/nonexist/p.mp4"],
        ["practice", "--csv", "GOOD", "--report", "/nonexist/p.html"],
        ["practice", "--csv", "GOOD", "--journal", "/nonexist/p.jsonl"],
        ["evaluate", "FACES", "--predictions", "/nonexist/p.csv"],
        ["report", "CLIP", "--html", "/nonexist/p.html"],
    ])
    func findsABadPathBeforeTheWork(arguments: [String]) throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder.path("faces/happy"), withIntermediateDirectories: true)
        _ = try folder.file("faces/happy/1.png", TinyPicture.gray)
        let names = ["CLIP": try folder.file("clip", [0]), "GOOD": folder.path("good"), "FACES": folder.path("faces")]
        let command = try Command(arguments.map { names[$0] ?? $0 })
        #expect(command.status == 1)
        #expect(command.output.isEmpty)
        #expect(command.messages.contains("\(try #require(arguments.last)) cannot be written"), "\(command.messages)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("")).sorted() == ["clip", "faces"])
    }

    @Test func neverOverwritesWithAJournal() throws {
        let folder = try TemporaryFolder()
        let path = try folder.file("j.jsonl", Data("old".utf8))
        let command = try Command("practice", "--journal", path)
        #expect(command.status == 1)
        #expect(command.messages.contains("exists already"))
        #expect(FileManager.default.contents(atPath: path) == Data("old".utf8))
    }
}

/// Outputs of whole runs.
@Suite(.enabled(if: Programs.haveFFmpeg, "ffmpeg is not on the search path"))
struct WrittenOutputTests {
    private let folder: TemporaryFolder
    private let clip: String

    init() throws {
        folder = try TemporaryFolder()
        clip = try MadeMedia.clip(folder.path("clip.mp4"))
    }

    private func mode(_ path: String) throws -> Int {
        try #require(FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
    }

    private var listing: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: folder.path("")).sorted() }
    }

    @Test func aRunThatFailsLeavesOldFilesWhole() throws {
        let broken = try folder.file("broken.mp4", Data("no video".utf8))
        let old = Data("old".utf8)
        let outputs = try ["o.json", "o.csv", "o.html", "o.mp4"].map { try folder.file($0, old) }
        let before = try listing
        let command = try Command(
            "video", broken, "--json", outputs[0], "--csv", outputs[1], "--report", outputs[2], "--overlay", outputs[3])
        #expect(command.status == 1)
        for output in outputs { #expect(FileManager.default.contents(atPath: output) == old) }
        #expect(try listing == before)
    }

    @Test func linksStayAndRightsAreKept() throws {
        let old = try folder.file("old.json", Data("old".utf8))
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: old)
        let (link, dangling) = (folder.path("link.json"), folder.path("dangling.csv"))
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "old.json")
        try FileManager.default.createSymbolicLink(atPath: dangling, withDestinationPath: "new.csv")
        let command = try Command(
            ["video", clip, "--every", "2", "--json", link, "--csv", dangling, "--overlay", folder.path("new.mp4")],
            launcher: ["sh", "-c", "umask 027; exec \"$0\" \"$@\""])
        #expect(command.status == 0, "\(command.messages)")
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "old.json")
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: dangling) == "new.csv")
        #expect(FileManager.default.contents(atPath: old)?.first == UInt8(ascii: "{"))
        #expect(try String(contentsOfFile: folder.path("new.csv"), encoding: .utf8).hasPrefix("frame,"))
        #expect(try mode(old) == 0o640)
        #expect(try mode(folder.path("new.csv")) == 0o640)
        #expect(try mode(folder.path("new.mp4")) == 0o640)
        #expect(try MadeMedia.frameCount(folder.path("new.mp4")) == 20)
    }

    @Test func aFileThatIsProtectedIsNotReplaced() throws {
        let path = try folder.file("protected.json", Data("old".utf8))
        try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: path)
        guard access(path, W_OK) != 0 else { return print("skipped: this user may write everything") }
        let command = try Command("video", clip, "--every", "2", "--json", path)
        #expect(command.status == 1)
        #expect(command.messages.contains("protected.json cannot be written"))
        #expect(FileManager.default.contents(atPath: path) == Data("old".utf8))
    }

    @Test func pipesAndDevicesAreWrittenTo() throws {
        let pipe = folder.path("pipe")
        #expect(mkfifo(pipe, 0o600) == 0)
        let script = "cat '\(pipe)' > '\(folder.path("piped"))' & \"$0\" \"$@\"; status=$?; wait; exit $status"
        let command = try Command(
            ["video", clip, "--every", "2", "--json", "/dev/stdout", "--csv", pipe, "--report", "/dev/null"],
            launcher: ["sh", "-c", script])
        #expect(command.status == 0, "\(command.messages)")
        #expect(command.output.count == 1)
        #expect(try command.objects().first?["frames"] is [Any])
        #expect(try String(contentsOfFile: folder.path("piped"), encoding: .utf8).split(separator: "\n").count == 21)
        var status = stat()
        #expect(stat("/dev/null", &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
    }

    @Test(.enabled(if: access("/dev/full", W_OK) == 0, "there is no /dev/full"))
    func whereOneOutputFailsTheOthersAreWritten() throws {
        let (csv, overlay) = (folder.path("s.csv"), folder.path("o.mp4"))
        let command = try Command(
            "video", clip, "--every", "2", "--json", "/dev/full", "--csv", csv, "--overlay", overlay)
        #expect(command.status == 1)
        #expect(
            command.messages
                == "emotion: /dev/full was not written: the disk is full; free some space or write elsewhere\n")
        #expect(command.output.contains { $0.hasPrefix("score") })
        #expect(try String(contentsOfFile: csv, encoding: .utf8).split(separator: "\n").count == 21)
        #expect(try MadeMedia.frameCount(overlay) == 20)
    }

    @Test(.enabled(if: access("/dev/full", W_OK) == 0, "there is no /dev/full"))
    func aSummaryThatDoesNotArriveIsAFailureAndTheFilesAreThere() throws {
        let csv = folder.path("s.csv")
        let command = try Command(
            ["video", clip, "--every", "2", "--csv", csv],
            launcher: ["sh", "-c", "exec \"$0\" \"$@\" > /dev/full"])
        #expect(command.status == 1)
        #expect(command.messages.contains("cannot write to standard output"), "\(command.messages)")
        #expect(try String(contentsOfFile: csv, encoding: .utf8).split(separator: "\n").count == 21)
    }

    /// A limit on the size of files, here 8 KiB, does what a full disk does.
    @Test func aFileThatCannotBeFinishedIsMissingAndTheOldOneStays() throws {
        let old = Data("old".utf8)
        let (html, overlay) = (try folder.file("r.html", old), try folder.file("o.mp4", old))
        let csv = folder.path("s.csv")
        let before = try listing
        let command = try Command(
            ["video", clip, "--every", "2", "--csv", csv, "--report", html, "--overlay", overlay],
            launcher: ["bash", "-c", "ulimit -f 8; exec \"$0\" \"$@\""])
        #expect(command.status == 1)
        #expect(command.messages.contains("r.html was not written"), "\(command.messages)")
        #expect(command.messages.contains("o.mp4 was not written"), "\(command.messages)")
        #expect(command.output.contains { $0.hasPrefix("score") })
        #expect(try String(contentsOfFile: csv, encoding: .utf8).split(separator: "\n").count == 21)
        for path in [html, overlay] { #expect(FileManager.default.contents(atPath: path) == old) }
        #expect(try listing == (before + ["s.csv"]).sorted())
    }
}
