import Foundation
import Testing

/// Folders, lists, standard input and names of any bytes.
@Suite struct PictureInputTests {
    private static let astronaut = FileManager.default.contents(atPath: Repository.astronaut) ?? Data()

    /// The names that `--json` printed, in their order.
    private func images(_ command: Command) throws -> [String] {
        try command.objects().compactMap { $0["image"] as? String }
    }

    /// Pictures in folders, one behind a link, one hidden, one of no known name, and files that are none.
    private func album() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        for name in ["b/deep", ".hidden", "empty"] {
            try FileManager.default.createDirectory(atPath: folder.path(name), withIntermediateDirectories: true)
        }
        for name in ["a.png", "b/deep/2.dat", "B.png", "b.png", ".secret.png", ".hidden/3.png"] {
            _ = try folder.file(name, TinyPicture.gray)
        }
        _ = try folder.file("notes.txt", Data("nothing".utf8))
        // Links that lead in a circle and nowhere.
        try FileManager.default.createSymbolicLink(atPath: folder.path("b/loop"), withDestinationPath: ".")
        try FileManager.default.createSymbolicLink(atPath: folder.path("gone"), withDestinationPath: "nowhere")
        return folder
    }

    @Test func brokenPicturesOfAFolderAreToldOf() throws {
        let folder = try album()
        _ = try folder.file("empty.PNG", Data())
        _ = try folder.file("words.webp", Data("no picture".utf8))
        try FileManager.default.createSymbolicLink(atPath: folder.path("gone.jpeg"), withDestinationPath: "nowhere")
        let result = try Command("detect", "--json", folder.path(""))
        #expect(result.status == 1)
        for message in [
            "empty.PNG: the picture is empty", "words.webp: not a picture of a format that is known",
            "gone.jpeg: the link leads to no file",
        ] {
            #expect(result.messages.contains(message), "\(result.messages)")
        }
        #expect(try images(result).count == 7)
    }

    @Test(arguments: ["analyze", "detect"]) func searchesFolders(command: String) throws {
        let folder = try album()
        let result = try Command(command, "--json", folder.path(""))
        #expect(result.status == 3)
        let names = ["B.png", "a.png", "b/deep/2.dat", "b.png"]
        #expect(try images(result) == names.map { folder.path("") + "/" + $0 })
        #expect(result.messages.isEmpty)
    }

    @Test func saysThatAFolderHasNoPicture() throws {
        let folder = try album()
        let result = try Command("analyze", "--json", folder.path("empty"), Repository.astronaut)
        #expect(result.status == 1)
        #expect(result.messages.contains("no picture in this folder"))
        let error = try result.objects().first?["error"] as? [String: String]
        #expect(error?["code"] == "no_pictures")
        #expect(try result.objects().count == 2)
    }

    @Test func readsAPictureOnStandardInput() throws {
        let result = try Command(["analyze", "--json", "-"], input: Self.astronaut)
        #expect(result.status == 0)
        #expect(try images(result) == ["-"])
        #expect(try result.objects().first?["dominant_emotion"] as? String == "happy")
    }

    @Test(arguments: ["\n", "\r\n", "\0"]) func readsAList(separator: String) throws {
        let folder = try album()
        let paths = [folder.path("b.png"), folder.path("b"), folder.path("a.png")]
        let text = Data((paths + [""]).joined(separator: separator).utf8)
        let expected = [folder.path("b.png"), folder.path("b/deep/2.dat"), folder.path("a.png")]
        let list = try folder.file("list.txt", text)
        #expect(try images(Command("detect", "--json", "@" + list)) == expected)
        #expect(try images(Command(["detect", "--json", "@-"], input: text)) == expected)
    }

    /// As editors of Windows write it; and what is no list is called what it is.
    @Test func passesOverAMarkOfUTF8BeforeAList() throws {
        let folder = try album()
        let list = try folder.file("l.txt", [0xEF, 0xBB, 0xBF] + Array((folder.path("a.png") + "\r\n").utf8))
        #expect(try images(Command("detect", "--json", "@" + list)) == [folder.path("a.png")])
        let picture = try Command("detect", "@" + Repository.astronaut)
        #expect(picture.status == 1)
        #expect(picture.messages.contains("it is a picture, not a list"), "\(picture.messages)")
        #expect(picture.messages.split(separator: "\n").count == 1)
    }

    /// Root may read everything.
    @Test(.enabled(if: getuid() != 0, "this user may read everything"))
    func aFileOfAFolderThatMayNotBeReadIsTold() throws {
        let folder = try album()
        try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: folder.path("b.png"))
        let command = try Command("detect", folder.path(""))
        #expect(command.status == 1)
        #expect(command.messages.contains("b.png: permission denied"), "\(command.messages)")
    }

    @Test func saysThatAListIsAbsentOrEmpty() throws {
        let folder = try TemporaryFolder()
        let absent = try Command("detect", "@" + folder.path("list.txt"))
        #expect(absent.status == 1)
        #expect(absent.messages.contains("list.txt: there is no such file"))
        let empty = try Command("detect", "@" + folder.file("empty.txt", Data("\n\n".utf8)))
        #expect(empty.status == 1)
        #expect(empty.messages.contains("names no picture"))
    }

    @Test(arguments: [["-", "-"], ["@-", "-"], ["@"]]) func refusesToReadStandardInputTwice(images: [String]) throws {
        #expect(try Command(["detect"] + images).status == 2)
    }

    /// The command's names are bytes; Foundation's are not, so a shell makes the file.
    @Test func readsNamesThatAreNoUTF8() throws {
        let folder = try TemporaryFolder()
        let made = try Command(
            ["detect", "--json", folder.path("")],
            launcher: [
                "sh", "-c", #"cp "$0" "$1/$(printf 'a\351\033[2Jb.png')"; shift; exec "$@""#, Repository.astronaut,
                folder.path(""),
            ])
        #expect(made.status == 0, "\(made.messages)")
        let object = try #require(made.objects().first)
        #expect((object["image"] as? String)?.hasSuffix("/a\\xE9\\x1B[2Jb.png") == true)
        let bytes = try #require(Data(base64Encoded: object["image_base64"] as? String ?? ""))
        #expect(bytes.suffix(11) == Data([0x61, 0xE9, 0x1B] + Array("[2Jb.png".utf8)))

        // As an argument of its own, and in a list.
        let name = #"n="$0/$(printf 'a\351\033[2Jb.png')"; "#
        let argument = try Command(
            ["detect", "--json"], launcher: ["sh", "-c", name + #"exec "$@" "$n""#, folder.path("")])
        let list = try Command(
            ["detect", "--json", "@-"],
            launcher: ["sh", "-c", name + #"printf '%s\n' "$n" | "$@""#, folder.path("")])
        for command in [argument, list] {
            #expect(command.status == 0, "\(command.messages)")
            #expect(try command.objects().first?["image"] as? String == object["image"] as? String)
        }
        let text = try Command("detect", folder.path(""))
        #expect(text.output.first?.contains("a\\xE9\\x1B[2Jb.png") == true)
    }

    @Test(arguments: ["1", "3"]) func keepsTheOrderWithAnyNumberOfJobs(jobs: String) throws {
        let folder = try album()
        let inputs = [
            Repository.astronaut, folder.path("a.png"), folder.path("absent.png"), folder.path("b"),
            Repository.astronaut,
        ]
        let result = try Command(["analyze", "--json", "--jobs", jobs] + inputs)
        #expect(result.status == 1)
        #expect(
            try images(result) == [
                Repository.astronaut, folder.path("a.png"), folder.path("absent.png"), folder.path("b/deep/2.dat"),
                Repository.astronaut,
            ])
        let answers = try result.objects().map { $0["dominant_emotion"] as? String }
        #expect(answers.first == "happy" && answers.last == "happy" && answers[2] == nil)
    }

    @Test func refusesJobsThatAreNone() throws {
        #expect(try Command("detect", "--jobs", "0", Repository.astronaut).status == 2)
    }

    @Test(arguments: ["1", "4"]) func reportsBadWeightsOnce(jobs: String) throws {
        let folder = try album()
        for (command, option) in [("analyze", "--weights"), ("detect", "--detector-weights")] {
            let result = try Command(
                command, "--json", "--jobs", jobs, option, folder.path("notes.txt"), folder.path(""),
                Repository.astronaut)
            #expect(result.status == 1)
            #expect(result.messages.split(separator: "\n").count == 1, "\(result.messages)")
            #expect(result.messages.contains("notes.txt"))
            #expect(result.output.count == 1)
            #expect(try result.objects().first?["image"] is NSNull)
        }
    }

    /// Nothing but a terminal gets a progress bar.
    @Test func showsProgressOnATerminalOnly() throws {
        let folder = try album()
        let arguments = ["detect", "--json", folder.path(""), folder.path("")]
        let script = """
            import os, pty, sys
            master, slave = pty.openpty()
            if os.fork() == 0:
                os.dup2(slave, 2)
                os.execv(sys.argv[1], sys.argv[1:])
            os.close(slave)
            seen = b""
            while True:
                try: block = os.read(master, 4096)
                except OSError: break
                if not block: break
                seen += block
            os.write(2, seen)
            """
        let shown = try Command(arguments, launcher: ["python3", "-c", script])
        guard shown.status != 127 else { return print("skipped: no python3") }
        #expect(shown.messages.contains(" of 8"), "\(shown.messages)")
        #expect(shown.output.count == 8)
        #expect(try Command(arguments).messages.isEmpty)
    }
}
