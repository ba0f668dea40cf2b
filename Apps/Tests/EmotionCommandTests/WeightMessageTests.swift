import Foundation
import Testing

/// What is said of weights that are missing or something else.
@Suite struct WeightMessageTests {
    /// One line that names the file, says what it is, and has nothing of a dump in it.
    private func expectSentence(_ command: Command, _ parts: String..., location: SourceLocation = #_sourceLocation) {
        #expect(command.status == 1, sourceLocation: location)
        #expect(command.messages.split(separator: "\n").count == 1, "\(command.messages)", sourceLocation: location)
        #expect(command.messages.hasPrefix("emotion: "), sourceLocation: location)
        for part in parts {
            #expect(command.messages.contains(part), "\(command.messages)", sourceLocation: location)
        }
        for dump in ["Error(", "error 2", "Swift.", "errno", "5064878326892452095"] {
            #expect(!command.messages.contains(dump), "\(command.messages)", sourceLocation: location)
        }
    }

    @Test(
        arguments: [
            ([0xFF, 0xD8, 0xFF, 0xE0, 0x00, 0x10, 0x4A, 0x46], "a JPEG picture"),
            (Array("PK\u{3}\u{4}archive/data.pkl".utf8), "a ZIP archive, as PyTorch"),
            ([0x80, 0x02, 0x63, 0x63, 0x6F, 0x6C, 0x6C, 0x65, 0x63], "a pickle"),
            ([0x08, 0x07, 0x12, 0x07] + Array("pytorch".utf8), "an ONNX model"),
            ([0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A], "an HDF5 file"),
            (Array("version https://git-lfs.github.com/spec/v1\n".utf8), "git lfs pull"),
            (Array("<?xml version=\"1.0\"?>".utf8), "convert_cascade.py"),
            (Array("nothing that is known to anyone".utf8), "not a weight file"), ([], "empty"),
        ] as [([UInt8], String)])
    func callsOtherFilesWhatTheyAre(bytes: [UInt8], kind: String) throws {
        let folder = try TemporaryFolder()
        let path = try folder.file("my.weights", bytes)
        expectSentence(try Command("analyze", "--weights", path, Repository.astronaut), path, kind)
        expectSentence(try Command("detect", "--cascade-weights", path, Repository.astronaut), path, kind)
    }

    @Test func saysThatTheFileIsAbsent() throws {
        let command = try Command("analyze", "--weights", "/nonexistent/w", Repository.astronaut, Repository.astronaut)
        expectSentence(command, "/nonexistent/w: there is no such file")
    }

    @Test func namesEveryFolderThatWasSearched() throws {
        let command = try Command(
            ["detect", Repository.astronaut], environment: ["SWIFT_EMOTION_WEIGHTS": "/nonexistent"])
        expectSentence(command, "mtcnn.safetensors", "/nonexistent (SWIFT_EMOTION_WEIGHTS)", "make install")
        let named = try Command("analyze", "--weights-folder", "/absent", Repository.astronaut)
        expectSentence(named, "/absent (as asked for)")
    }

    @Test func searchesTheFolderThatIsNamed() throws {
        let weights = URL(fileURLWithPath: Repository.emotionWeights).deletingLastPathComponent().path
        for (arguments, environment) in [
            (["--weights-folder", weights], "/nonexistent"), ([], weights),
        ] {
            let command = try Command(
                ["analyze", "--json", Repository.astronaut] + arguments,
                environment: ["SWIFT_EMOTION_WEIGHTS": environment])
            #expect(command.status == 0, "\(command.messages)")
        }
        let doctor = try Command(["doctor"], environment: ["SWIFT_EMOTION_WEIGHTS": weights])
        #expect(doctor.output.contains { $0.hasPrefix("weight folders") && $0.contains("(SWIFT_EMOTION_WEIGHTS)") })
    }

    /// The same holds of sessions: the file, and which field.
    @Test func namesTheFileThatIsNoSession() throws {
        let folder = try TemporaryFolder()
        for (text, reason) in [("root:x:0", "it is not JSON, or not whole"), ("{}", "the field ")] {
            let path = try folder.file("session.json", Data(text.utf8))
            let command = try Command("report", path)
            #expect(command.status == 1)
            #expect(command.messages.split(separator: "\n").count == 1, "\(command.messages)")
            #expect(command.messages.contains(path) && command.messages.contains(reason), "\(command.messages)")
            #expect(!command.messages.contains("DecodingError") && !command.messages.contains("CodingKeys"))
        }
    }
}
