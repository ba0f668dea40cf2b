import Foundation
import Testing

/// Pictures that ffmpeg decodes.
@Suite(.enabled(if: Programs.haveFFmpeg, "ffmpeg is not on the search path"))
struct ForeignFormatTests {
    /// Where facenet-pytorch finds the astronaut's face.
    private static let face = [181.0, 62, 87, 110]

    private func converted(_ folder: TemporaryFolder, to suffix: String, _ options: [String] = []) throws -> String? {
        let path = folder.path("picture.\(suffix)")
        do {
            try Programs.ffmpeg(["-i", Repository.astronaut, "-frames:v", "1"] + options + [path])
        } catch {
            print("skipped: this ffmpeg writes no \(suffix)")
            return nil
        }
        return path
    }

    private func box(_ command: Command) throws -> [Double] {
        try #require(try command.objects().first?["face_box"] as? [Double])
    }

    @Test(arguments: ["webp", "gif", "bmp", "tiff", "avif"]) func readsOtherFormats(suffix: String) throws {
        let folder = try TemporaryFolder()
        guard let path = try converted(folder, to: suffix, suffix == "avif" ? ["-cpu-used", "8"] : []) else { return }
        // Named as something else: the content counts.
        let misnamed = folder.path("picture.jpg")
        try FileManager.default.moveItem(atPath: path, toPath: misnamed)
        let result = try Command("analyze", "--json", misnamed)
        #expect(result.status == 0, "\(result.messages)")
        #expect(zip(try box(result), Self.face).allSatisfy { abs($0 - $1) < 6 })
        let bytes = try #require(FileManager.default.contents(atPath: misnamed))
        #expect(try box(Command(["analyze", "--json", "-"], input: bytes)) == box(result))
        // It is found in a folder as well.
        #expect(try Command("detect", "--json", folder.path("")).output.count == 1)
    }

    /// A quarter turn that the tag undoes: the face is where it was.
    @Test func turnsATIFFUpright() throws {
        let folder = try TemporaryFolder()
        guard let path = try converted(folder, to: "tiff", ["-vf", "transpose=2"]) else { return }
        var bytes = try [UInt8](#require(FileManager.default.contents(atPath: path)))
        // ffmpeg writes no orientation: the tag (274) takes the place of the first, the kind of page, in the tags' order.
        let directory = (0..<4).reduce(0) { $0 | Int(bytes[4 + $1]) << (8 * $1) }
        let places = (0..<Int(bytes[directory])).map { directory + 2 + 12 * $0 }
        var entries = places.map { Array(bytes[$0..<($0 + 12)]) }
        entries[0] = [0x12, 1, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0]
        entries.sort { Int($0[0]) | Int($0[1]) << 8 < Int($1[0]) | Int($1[1]) << 8 }
        bytes.replaceSubrange((directory + 2)..<(directory + 2 + 12 * places.count), with: entries.joined())
        let result = try Command("analyze", "--json", folder.file("turned.tiff", bytes))
        #expect(result.status == 0, "\(result.messages)")
        #expect(zip(try box(result), Self.face).allSatisfy { abs($0 - $1) < 6 })
    }

    @Test func saysHowToConvertWhatFFmpegCannotRead() throws {
        let folder = try TemporaryFolder()
        // The beginning of an animation, whose frames ffmpeg of 2022 does not know, or of any that is cut off.
        let whole = try #require(try converted(folder, to: "webp").flatMap(FileManager.default.contents(atPath:)))
        let result = try Command("analyze", "--json", folder.file("my cut.webp", whole.prefix(2000)))
        #expect(result.status == 1)
        let error = try #require(try result.objects().first?["error"] as? [String: String])
        #expect(error["code"] == "unsupported_format")
        #expect(error["message"]?.contains("convert '") == true)
        #expect(error["message"]?.contains("my cut.png'") == true)
        #expect(result.messages.split(separator: "\n").count == 1)
    }

    /// 24 megapixels, as phones make them: read at a half, with boxes in the picture's own pixels.
    @Test(arguments: ["bmp", "webp", "tiff", "avif"]) func largePicturesAreReduced(suffix: String) throws {
        let folder = try TemporaryFolder()
        let scaled = ["-vf", "scale=3000:3000,pad=6000:4000:2000:500:gray"]
        let speed = ["avif": ["-cpu-used", "8"], "webp": ["-compression_level", "0"]][suffix] ?? []
        guard let path = try converted(folder, to: suffix, scaled + speed) else { return }
        let result = try Command("analyze", "--json", path)
        #expect(result.status == 0, "\(result.messages)")
        let object = try #require(result.objects().first)
        #expect(object["image_size"] as? [Int] == [6000, 4000] && object["reduced_by"] as? Int == 2)
        let factor = 3000.0 / 512
        let expected = [Self.face[0] * factor + 2000, Self.face[1] * factor + 500, 87 * factor, 110 * factor]
        #expect(zip(try box(result), expected).allSatisfy { abs($0 - $1) < 40 })
        let refused = try Command("detect", "--json", "--max-megapixels", "20", path)
        #expect(refused.status == 1)
        #expect(
            refused.messages.contains("6000×4000 pixels, and at most 20.0 megapixels are read"), "\(refused.messages)")
        #expect(refused.messages.contains("--max-megapixels"))
    }

    @Test func refusesEnormousPicturesBeforeTheyAreDecoded() throws {
        let folder = try TemporaryFolder()
        let bytes = Array("GIF89a".utf8) + [0x60, 0xEA, 0x60, 0xEA, 0, 0, 0]
        let result = try Command("analyze", "--json", folder.file("large.gif", bytes))
        let error = try result.objects().first?["error"] as? [String: String]
        #expect(error?["code"] == "limit_exceeded")
    }
}

@Suite struct MissingFFmpegTests {
    @Test func namesFFmpegAndAnotherCommand() throws {
        let folder = try TemporaryFolder()
        let bytes = Array("GIF89a".utf8) + [1, 0, 1, 0, 0, 0, 0]
        let path = try folder.file("a.gif", bytes)
        let result = try Command(["detect", path], environment: ["PATH": "/nonexistent"])
        #expect(result.status == 1)
        #expect(result.messages.contains("ffmpeg"))
        #expect(result.messages.contains("apt install ffmpeg"))
        #expect(result.messages.contains("convert "))
    }
}
