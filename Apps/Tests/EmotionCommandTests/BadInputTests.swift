import Foundation
import Testing

@Suite struct BadInputTests {
    /// A file that must be refused, and the code of the refusal.
    struct Refusal: CustomTestStringConvertible, Sendable {
        let name: String
        let bytes: Data
        let code: String
        var testDescription: String { name }
    }

    private static func beginning(of path: String, part: Double) -> Data {
        let bytes = FileManager.default.contents(atPath: path) ?? Data()
        return bytes.prefix(Int(Double(bytes.count) * part))
    }

    private static let refusals = [
        Refusal(name: "empty.png", bytes: Data(), code: "empty_file"),
        Refusal(name: "enormous.png", bytes: TinyPicture.enormousHeader, code: "limit_exceeded"),
        Refusal(name: "text.jpg", bytes: Data("not a picture\n".utf8), code: "unsupported_format"),
        Refusal(name: "animation.gif", bytes: Data("GIF89a\u{1}\u{0}\u{1}\u{0}".utf8), code: "unsupported_format"),
        Refusal(
            name: "half.png", bytes: beginning(of: Repository.astronaut, part: 0.5), code: "truncated_file"),
        Refusal(
            name: "half.jpg", bytes: beginning(of: Repository.photograph, part: 0.5), code: "truncated_file"),
        Refusal(name: "header.png", bytes: TinyPicture.gray.prefix(20), code: "truncated_file"),
    ]

    @Test(arguments: refusals)
    func refusesThePictureWithItsOwnError(refusal: Refusal) throws {
        let folder = try TemporaryFolder()
        let path = try folder.file(refusal.name, refusal.bytes)
        let command = try Command("analyze", "--json", path)
        #expect(command.status == 1)
        #expect(command.messages.contains(refusal.name))
        let object = try #require(command.objects().first)
        #expect(object["success"] as? Bool == false)
        let error = try #require(object["error"] as? [String: String])
        #expect(error["code"] == refusal.code)
        #expect(error["message"]?.isEmpty == false)

        let plain = try Command("detect", path)
        #expect(plain.status == 1)
        #expect(plain.output.isEmpty)
    }

    @Test func analysesAPictureOfOnePixel() throws {
        let folder = try TemporaryFolder()
        let command = try Command("analyze", "--json", try folder.file("one.png", TinyPicture.onePixel))
        #expect(command.status == 3)
        #expect(try command.objects().first?["face_detected"] as? Bool == false)
    }

    @Test func refusesDevicesAndAbsentFiles() throws {
        let folder = try TemporaryFolder()
        for (path, code) in [("/dev/null", "not_a_regular_file"), (folder.path("absent.png"), "unreadable_file")] {
            let command = try Command("analyze", "--json", path)
            #expect(command.status == 1)
            let error = try command.objects().first?["error"] as? [String: String]
            #expect(error?["code"] == code)
        }
    }

    /// Cut at a few places here; the weight reader's own tests cut the files at every page.
    @Test(arguments: [0, 4, 4096, 1 << 20])
    func refusesCutOffWeights(length: Int) throws {
        let folder = try TemporaryFolder()
        let whole = try #require(FileManager.default.contents(atPath: Repository.emotionWeights))
        let path = try folder.file("cut.safetensors", whole.prefix(length))
        let command = try Command("analyze", "--json", "--weights", path, Repository.astronaut)
        #expect(command.status == 1)
        #expect(command.messages.contains("cut.safetensors"))
        let error = try command.objects().first?["error"] as? [String: String]
        #expect(error?["code"] == "weights")
        #expect(try Command("models", "verify", "--weights", path).status == 1)
    }

    @Test func refusesWeightsOfAnotherNetwork() throws {
        let command = try Command("analyze", "--weights", Repository.detectorWeights, Repository.astronaut)
        #expect(command.status == 1)
        #expect(command.messages.contains("mtcnn.safetensors"))
        #expect(command.output.isEmpty)
    }
}
