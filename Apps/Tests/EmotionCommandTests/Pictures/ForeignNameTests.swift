import Foundation
import Testing

/// Names whose bytes are no UTF-8, of what is read and of what is written. A shell makes and looks at the files, because
/// Foundation knows no such names.
@Suite struct ForeignNameTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Runs the command in the folder; each `?` of an argument stands for the byte 0xE9, which is no UTF-8 there.
    private func run(_ arguments: [String], after preparation: String = ":") throws -> Command {
        let words = arguments.map { "\"$(printf -- '\($0.replacing("?", with: "\\351"))')\"" }.joined(separator: " ")
        let script = "cd '\(folder.path(""))' && { \(preparation); } && exec \"$0\" \(words)"
        return try Command([], launcher: ["bash", "-c", script])
    }

    /// The names in the folder as their bytes.
    private var names: Set<[UInt8]> {
        get throws {
            let stream = try #require(opendir(folder.path("")))
            defer { closedir(stream) }
            var names: Set<[UInt8]> = []
            while let entry = readdir(stream) {
                names.insert(withUnsafeBytes(of: entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) })
            }
            return names.filter { $0.first != UInt8(ascii: ".") }
        }
    }

    private func name(_ text: String) -> [UInt8] { text.utf8.map { $0 == UInt8(ascii: "?") ? 0xE9 : $0 } }

    private let copy = "cp '\(Repository.astronaut)' \"$(printf 'p\\351.png')\""

    @Test func picturesOverlaysAndCropsKeepTheirBytes() throws {
        let overlay = try run(["analyze", "p?.png", "--overlay", "o?.png"], after: copy)
        #expect(overlay.status == 0, "\(overlay.messages)")
        let crops = try run(["detect", "--json", "p?.png", "--crops", "c?"])
        #expect(crops.status == 0, "\(crops.messages)")
        #expect(try names == [name("p?.png"), name("o?.png"), name("c?")])
        let face = try #require((crops.objects().first?["faces"] as? [[String: Any]])?.first)
        #expect(face["crop"] as? String == "c\\xE9/p\\xE9-1.png")
        let bytes = try #require(Data(base64Encoded: face["crop_base64"] as? String ?? ""))
        #expect(Array(bytes) == name("c?/p?-1.png"))
        #expect(try run(["detect", "c?"]).output.first == "c\\xE9/p\\xE9-1.png  1 face")
        let again = try run(["analyze", "p?.png", "--overlay", "p?.png"])
        #expect(again.status == 2)
        #expect(again.messages.contains("--overlay p\\xE9.png is the same file as the input p\\xE9.png"))
    }

    @Test func reportsReadAndWriteThem() throws {
        let journal = try folder.file("made", MadeSession.journal)
        let outputs = ["--html", "r?.html", "--json", "s?.json", "--csv", "t?.csv"]
        let made = try run(["report", "j?"] + outputs, after: "mv '\(journal)' \"$(printf 'j\\351')\"")
        #expect(made.status == 0, "\(made.messages)")
        #expect(try names == Set(["j?", "r?.html", "s?.json", "t?.csv"].map(name)))
        #expect(try run(["report", "s?.json"]).output.contains { $0.hasPrefix("score") })
        let folded = try run(
            ["report", "s?.json", "--html", "r?.html", "--history", "h?"],
            after: "mkdir -p \"$(printf 'h\\351')\" && cp \"$(printf 's\\351.json')\" \"$(printf 'h\\351')\"/x.json")
        #expect(folded.status == 0, "\(folded.messages)")
        let absent = try run(["report", "n?.json"])
        #expect(absent.messages == "emotion: n\\xE9.json: there is no such file or folder\n")
    }

    @Test(.enabled(if: Programs.haveFFmpeg, "ffmpeg is not on the search path")) func videosDoToo() throws {
        let clip = try MadeMedia.clip(folder.path("made.mp4"))
        let outputs = ["--json", "s?.json", "--csv", "t?.csv", "--report", "r?.html", "--overlay", "o?.mp4"]
        let command = try run(
            ["video", "v?.mp4", "--every", "2"] + outputs, after: "mv '\(clip)' \"$(printf 'v\\351.mp4')\"")
        #expect(command.status == 0, "\(command.messages)")
        #expect(try names == Set(["v?.mp4", "s?.json", "t?.csv", "r?.html", "o?.mp4"].map(name)))
        let session = try run(["report", "s?.json", "--json", "-"]).objects().first
        #expect(
            ((session?["details"] as? [String: Any])?["media"] as? [String: Any])?["name"] as? String == "v\\xE9.mp4")
    }

    @Test func weightsAndVotesAreFoundByThem() throws {
        let weights = URL(fileURLWithPath: Repository.emotionWeights).deletingLastPathComponent().path
        let prepared = "\(copy) && ln -sfn '\(weights)' \"$(printf 'w\\351')\" && mkdir -p \"$(printf 'f\\351')\"/happy"
        let found = try run(["detect", "--weights-folder", "w?", "p?.png"], after: prepared)
        #expect(found.status == 0, "\(found.messages)")
        let named = try run(["analyze", "--weights", "w?/efficientnet_b2_fer2013.safetensors", "p?.png"])
        #expect(named.status == 0, "\(named.messages)")
        let evaluated = try run(
            ["evaluate", "f?", "--predictions", "a?.csv"],
            after: "cp \"$(printf 'p\\351.png')\" \"$(printf 'f\\351')\"/happy")
        #expect(evaluated.status == 0, "\(evaluated.messages)")
        #expect(try names.contains(name("a?.csv")))
        let absent = try run(["evaluate", "f?", "--labels", "l?.csv"])
        #expect(absent.messages.contains("l\\xE9.csv: there is no such file or folder"), "\(absent.messages)")
    }
}
