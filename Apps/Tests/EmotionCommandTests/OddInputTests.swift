import Foundation
import Testing

/// Whatever a command is given, it answers in one sentence: the file, the reason, nothing of a dump.
@Suite struct OddInputTests {
    /// A call that must fail, and what its message says; `{name}` stands for a file of ``folder(_:)``.
    struct Call: CustomTestStringConvertible, Sendable {
        let arguments: [String]
        let words: [String]
        var testDescription: String { arguments.joined(separator: " ") }

        init(_ arguments: String..., says words: String...) { (self.arguments, self.words) = (arguments, words) }
    }

    /// Pictures, which need nothing but the command.
    private static let pictures: [Call] = [
        Call("analyze", "", says: "emotion: '': there is no such file or folder"),
        Call("analyze", "{absent.png}", says: "absent.png: there is no such file or folder"),
        Call("analyze", "{text.png}/a.png", says: "a part of the path is a file, not a folder"),
        Call("analyze", "{empty.png}", says: "empty.png: the picture is empty"),
        Call("analyze", "{text.png}", says: "text.png: not a picture of a format that is known"),
        Call("analyze", "{cut.png}", says: "cut.png: the PNG file is cut off; copy or download it again"),
        Call("analyze", "{cut.jpg}", says: "cut.jpg: the JPEG file is cut off; copy or download it again"),
        Call("analyze", "{damaged.png}", says: "damaged.png: the PNG file is damaged; copy or download it again"),
        Call("analyze", "{damaged.jpg}", says: "damaged.jpg: the JPEG file is damaged; copy or download it again"),
        Call("analyze", "{enormous.png}", says: "60000×60000 pixels, and at most 67.1 megapixels", "--max-megapixels"),
        Call("analyze", "{header.webp}", says: "header.webp: it begins as a WebP file, but its header is broken"),
        Call("analyze", "{header.avif}", says: "it begins as an AVIF file, but its header is broken"),
        Call("analyze", "{paper.pdf}", says: "a PDF file, not a picture; convert it: pdftoppm"),
        Call("analyze", "{folder}", says: "folder: no picture in this folder"),
        Call("analyze", "{loop}", says: "loop: its links lead in a circle"),
        Call("analyze", "{pipe}", says: "pipe: it is a pipe or a device, not a file"),
        Call("analyze", "@{absent.txt}", says: "absent.txt: there is no such file or folder"),
        Call("analyze", "@{folder}", says: "folder: it is a folder, not a file"),
        Call("detect", Repository.astronaut, "--crops", "{text.png}", says: "text.png: it is a file, not a folder"),
        Call(
            "detect", Repository.astronaut, "--crops", "{absent}/in", says: "absent/in: there is no such file or folder"
        ),
        Call("analyze", Repository.astronaut, "--overlay", "{absent}/o.png", says: "there is no folder", "absent"),
        Call("analyze", Repository.astronaut, "--overlay", "{folder.png}", says: "it is a folder, not a file"),
        Call(
            "analyze", Repository.astronaut, "--weights", "{folder}", says: "a folder, a pipe or a device, not a weight"
        ),
        Call("analyze", Repository.astronaut, "--weights", "{cut.png}", says: "not a weight file, but a PNG picture"),
        Call("models", "info", "--weights", "{cut.jpg}", says: "not a weight file, but a JPEG picture"),
        Call("evaluate", "{text.png}", says: "text.png: it is a file, not a folder"),
        Call("evaluate", "{absent}", says: "absent: there is no such file or folder"),
        Call("evaluate", "{faces}", "--labels", "{folder}", says: "folder: it is a folder, not a file"),
        Call("evaluate", "{faces}", "--labels", "{absent}", says: "absent: there is no such file or folder"),
        Call("evaluate", "{faces}", "--predictions", "", says: "'' cannot be written: a file needs a name"),
        Call("evaluate", "{faces}", "--predictions", "/proc/x", says: "/proc/x cannot be written: no file can be made"),
    ]

    /// Sessions and results.
    private static let sessions: [Call] = [
        Call("report", "", says: "'': there is no such file or folder"),
        Call("report", "{absent.json}", says: "absent.json: there is no such file or folder"),
        Call("report", "{folder}", says: "folder: it is a folder, not a file"),
        Call("report", "{empty.png}", says: "empty.png holds no session yet"),
        Call("report", "{text.png}", says: "text.png: no session: it is not JSON, or not whole"),
        Call("report", "{cut.png}", says: "cut.png: no session: it is not JSON, or not whole"),
        Call("report", "{null.json}", says: "null.json: no session: it is null, and no object"),
        Call("report", "{list.json}", says: "list.json: no session: it is not an object"),
        Call("report", "{deep.json}", says: "deep.json: no session: it is not JSON, or not whole"),
        Call(
            "report", "{session}", "--earlier", "{folder}", "--html", "{new}",
            says: "folder: it is a folder, not a file"),
        Call("report", "{session}", "--history", "{session}", "--html", "{new}", says: "it is a file, not a folder"),
        Call(
            "report", "{session}", "--history", "{absent}", "--html", "{new}", says: "there is no such file or folder"),
        Call("report", "{session}", "--html", "{folder}", says: "folder cannot be written: it is a folder, not a file"),
        Call("report", "{session}", "--html", "{absent}/r.html", says: "there is no folder"),
        Call(
            "report", "{session}", "--html", "/dev/full", says: "/dev/full was not written: the disk is full; free some"
        ),
        Call("fuse", "--text", "{folder}", says: "folder: it is a folder, not a file"),
        Call("fuse", "--text", "{absent.json}", says: "absent.json: there is no such file or folder"),
        Call("fuse", "--voice", "{cut.png}", says: "cut.png: voice: this is not one JSON object"),
        Call("fuse", "--facial", "{deep.json}", says: "deep.json: facial: this is not one JSON object"),
        Call("fuse", "--text", "{null.json}", says: "null.json: text: this is not one JSON object"),
    ]

    /// What needs ffmpeg to be refused.
    private static let videos: [Call] = [
        Call("video", "", says: "'': there is no such file or folder"),
        Call("video", "{absent.mp4}", says: "absent.mp4: there is no such file or folder"),
        Call("video", "{folder}", says: "folder: it is a folder, not a file"),
        Call("video", "{empty.png}", says: "empty.png: it is damaged, or in no format that ffmpeg reads"),
        Call("video", "{noise.mp4}", says: "noise.mp4: it is damaged, or in no format that ffmpeg reads"),
        Call("video", "{session}", says: "session: it is damaged, or in no format that ffmpeg reads"),
        Call("video", "/dev/null", says: "/dev/null: it is damaged, or in no format that ffmpeg reads"),
        Call("video", "{sound.wav}", says: "sound.wav: there is no video in it, only sound"),
        Call("video", "{index.mp4}", says: "index.mp4: "),
        Call(
            "video", "{clip.mp4}", "--resting", "{list.json}", says: "list.json: no resting-face profile: it is not an"),
        Call("video", "{clip.mp4}", "--resting", "{folder}", says: "folder: it is a folder, not a file"),
        Call("video", "{clip.mp4}", "--overlay", "{absent}/o.mp4", says: "there is no folder"),
        Call("analyze", "{cut.gif}", says: "a GIF file that is damaged, or that this ffmpeg cannot read; convert it: "),
        Call("analyze", "{cut.jxl}", says: "a JPEG XL file that is damaged, or that this ffmpeg cannot read", "djxl"),
    ]

    private func folder(_ withVideos: Bool = false) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        let astronaut = try Data(contentsOf: URL(fileURLWithPath: Repository.astronaut))
        let photograph = try Data(contentsOf: URL(fileURLWithPath: Repository.photograph))
        let texts: [(name: String, text: String)] = [
            ("empty.png", ""), ("text.png", "some words\n"), ("header.webp", "RIFF\u{10}\0\0\0WEBPVP8 "),
            ("header.avif", "\0\0\0\u{18}ftypavif\0\0\0\0mif1"), ("paper.pdf", "%PDF-1.4\n"),
            ("cut.gif", "GIF89a\u{1}\0\u{1}\0"), ("null.json", "null\n"), ("list.json", "[]\n"),
            ("deep.json", String(repeating: "[", count: 100_000)),
        ]
        for (name, text) in texts { _ = try folder.file(name, Data(text.utf8)) }
        let noise: [UInt8] = (0..<20_000).map { (index: Int) -> UInt8 in UInt8(truncatingIfNeeded: index &* index &>> 3)
        }
        let files: [(name: String, bytes: Data)] = [
            ("cut.png", astronaut.prefix(3000)), ("cut.jpg", photograph.prefix(400)),
            ("damaged.png", Self.changed(astronaut, at: 40_000)), ("damaged.jpg", Self.withoutTables(photograph)),
            ("enormous.png", TinyPicture.enormousHeader), ("cut.jxl", Data([0xFF, 0x0A])),
            ("session", MadeSession.journal), ("noise.mp4", Data(noise)),
        ]
        for (name, bytes) in files { _ = try folder.file(name, bytes) }
        for name in ["folder", "folder.png", "faces/happy"] {
            try FileManager.default.createDirectory(atPath: folder.path(name), withIntermediateDirectories: true)
        }
        _ = try folder.file("faces/happy/1.png", TinyPicture.gray)
        try FileManager.default.createSymbolicLink(atPath: folder.path("loop"), withDestinationPath: "loop")
        try #require(mkfifo(folder.path("pipe"), 0o600) == 0)
        guard withVideos else { return folder }
        try Programs.ffmpeg("-f", "lavfi", "-i", "sine=d=1", folder.path("sound.wav"))
        let clip = try MadeMedia.clip(folder.path("clip.mp4"), seconds: 1)
        // The table of the pictures' sizes says that each has 4 GiB.
        var bytes = try Data(contentsOf: URL(fileURLWithPath: clip))
        let table = try #require(bytes.range(of: Data("stsz".utf8)))
        bytes.replaceSubrange(table.upperBound..<(table.upperBound + 12), with: [UInt8](repeating: 0xFF, count: 12))
        _ = try folder.file("index.mp4", bytes)
        return folder
    }

    private static func changed(_ bytes: Data, at index: Int) -> Data {
        var bytes = bytes
        bytes[index] ^= 0x55
        return bytes
    }

    /// A JPEG whose quantization tables are called comments, so that nothing can be decoded.
    private static func withoutTables(_ bytes: Data) -> Data {
        var bytes = bytes
        for index in bytes.indices.dropLast() where bytes[index] == 0xFF && bytes[index + 1] == 0xDB {
            bytes[index + 1] = 0xFE
        }
        return bytes
    }

    private func check(_ call: Call, in folder: TemporaryFolder) throws {
        let arguments = call.arguments.map { argument in
            guard let start = argument.firstIndex(of: "{"), let end = argument.firstIndex(of: "}") else {
                return argument
            }
            let name = String(argument[argument.index(after: start)..<end])
            return argument[..<start] + folder.path(name) + argument[argument.index(after: end)...]
        }
        let command = try Command(arguments)
        #expect(command.status == 1, "\(command.messages)")
        #expect(command.messages.split(separator: "\n").count == 1, "\(command.messages)")
        #expect(command.messages.hasPrefix("emotion: "), "\(command.messages)")
        for words in call.words { #expect(command.messages.contains(words), "\(command.messages)") }
        for dump in ["Error", "Swift.", "errno", "Optional(", "@ 0x", " file:", "“", "No such file", "Is a directory"] {
            #expect(!command.messages.contains(dump), "\(command.messages)")
        }
    }

    @Test(arguments: pictures) func aPictureIsRefusedInOneSentence(call: Call) throws {
        try check(call, in: folder())
    }

    @Test(arguments: sessions) func aSessionIsRefusedInOneSentence(call: Call) throws {
        guard !call.arguments.contains("/dev/full") || access("/dev/full", W_OK) == 0 else {
            return print("skipped: there is no /dev/full")
        }
        try check(call, in: folder())
    }

    @Test(.enabled(if: Programs.haveFFmpeg, "ffmpeg is not on the search path"), arguments: videos)
    func aVideoIsRefusedInOneSentence(call: Call) throws {
        try check(call, in: folder(true))
    }

    /// Root may read everything.
    @Test(
        .enabled(if: getuid() != 0, "this user may read everything"), arguments: [["analyze"], ["report"], ["video"]])
    func whatMayNotBeReadIsCalledThat(command: [String]) throws {
        let folder = try TemporaryFolder()
        let path = try folder.file("locked", [1])
        try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: path)
        let result = try Command(command + [path])
        #expect(result.status == 1)
        #expect(result.messages.contains("locked: permission denied; allow this user to read"), "\(result.messages)")
    }

    /// What has no end is not read to it.
    @Test(arguments: [["fuse", "--text", "/dev/zero"], ["report", "/dev/zero"], ["analyze", "@/dev/zero"]])
    func anEndlessFileIsRefused(arguments: [String]) throws {
        let command = try Command(arguments, launcher: ["bash", "-c", "ulimit -v 8000000; exec \"$0\" \"$@\""])
        #expect(command.status == 1)
        #expect(command.messages.contains("/dev/zero: it does not end; at most"), "\(command.messages)")
    }

    /// Names may want to talk to the terminal.
    @Test func controlCharactersOfANameAreWrittenOut() throws {
        for arguments in [["analyze", "a\u{1B}[2J.png"], ["report", "a\u{1B}[2J.json"], ["video", "a\u{1B}[2J.mp4"]] {
            let command = try Command(arguments)
            #expect(command.status == 1)
            #expect(command.messages.contains("a\\x1B[2J"), "\(command.messages)")
            #expect(!command.messages.contains("\u{1B}"))
        }
    }

    @Test func wrongUsageBeginsLikeEveryMessage() throws {
        let command = try Command("doctor", "--weights", "x")
        #expect(command.status == 2)
        #expect(command.messages.hasPrefix("emotion: Unknown option '--weights'"), "\(command.messages)")
    }
}
