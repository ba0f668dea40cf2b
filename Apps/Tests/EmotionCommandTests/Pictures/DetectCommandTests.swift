import EmotionDetection
import Foundation
import ImageCodecs
import Testing

@Suite struct DetectCommandTests {
    @Test func printsBoxScoreLandmarksAndStage() throws {
        let command = try Command("detect", "--json", Repository.astronaut)
        #expect(command.status == 0)
        let object = try #require(command.objects().first)
        #expect(object["face_detected"] as? Bool == true)
        let face = try #require((object["faces"] as? [[String: Any]])?.first)
        #expect((face["face_box"] as? [Double])?.count == 4)
        #expect(try #require(face["detection_score"] as? Double) > 0.99)
        #expect(face["detection_stage"] as? String == "mtcnn")
        let landmarks = try #require(face["landmarks"] as? [String: [Double]])
        #expect(Set(landmarks.keys) == ["left_eye", "right_eye", "nose", "mouth_left", "mouth_right"])
        #expect(landmarks.values.allSatisfy { $0.count == 2 })
    }

    @Test func findsNothingBelowTheSmallestFace() throws {
        let command = try Command("detect", "--json", "--min-face", "500", Repository.astronaut)
        #expect(command.status == 3)
        #expect((try command.objects().first?["faces"] as? [Any])?.isEmpty == true)
    }

    @Test func writesTheFacesThatTheNetworkWouldSee() throws {
        let folder = try TemporaryFolder()
        let command = try Command("detect", "--json", "--crops", folder.path("crops"), Repository.astronaut)
        #expect(command.status == 0)
        let face = try #require((command.objects().first?["faces"] as? [[String: Any]])?.first)
        let path = try #require(face["crop"] as? String)
        #expect(path == folder.path("crops/astronaut-1.png"))
        let box = try #require(face["face_box"] as? [Double])
        let crop = try ImageDecoder.decode(contentsOf: path)
        // A square about as large as the box with 5 % around it.
        #expect(crop.width == crop.height)
        #expect(abs(Double(crop.width) - 1.1 * max(box[2], box[3])) < 0.15 * max(box[2], box[3]))
        // What was written is what is scored: the whole crop gets the face's own answer.
        let own = try #require(Command("analyze", "--json", Repository.astronaut).objects().first)
        let scores = try #require((own["faces"] as? [[String: Any]])?.first?["emotions"] as? [String: Double])
        try FileManager.default.createDirectory(atPath: folder.path("set/happy"), withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: path, toPath: folder.path("set/happy/face.png"))
        let answers = folder.path("answers.csv")
        #expect(try Command("evaluate", folder.path("set"), "--predictions", answers).status == 0)
        let lines = try String(contentsOfFile: answers, encoding: .utf8).split(separator: "\n")
        let (names, values) = (lines[0].split(separator: ","), lines[1].split(separator: ","))
        for (name, value) in zip(names, values).dropFirst(3) {
            let (expected, found) = (try #require(scores[String(name)]), try #require(Double(value)))
            #expect(abs(expected - found) < 1e-4, "\(name)")
        }
        withExtendedLifetime(folder) {}
    }

    @Test func cutsAsTheOptionsSay() throws {
        let folder = try TemporaryFolder()
        func crop(_ options: String...) throws -> Image {
            let arguments = ["detect", "--crops", folder.path("crops")] + options + [Repository.astronaut]
            #expect(try Command(arguments).status == 0)
            return try ImageDecoder.decode(contentsOf: folder.path("crops/astronaut-1.png"))
        }
        let aligned = try crop()
        let wide = try crop("--crop-padding", "30")
        #expect(abs(Double(wide.width) / Double(aligned.width) - 1.6 / 1.1) < 0.02)
        let original = try crop("--crop", "original")
        #expect(original.width < original.height)
        #expect(try crop("--crop", "box", "--crop-padding", "10", "--crop-fill", "none") == original)
        let square = try crop("--crop", "square")
        #expect(square.width == square.height && square != aligned)
        withExtendedLifetime(folder) {}
    }

    @Test func refusesCropsThatCannotBe() throws {
        let folder = try TemporaryFolder()
        let twice = try Command("detect", "--crops", folder.path("crops"), Repository.astronaut, Repository.astronaut)
        #expect(twice.status == 1 && twice.messages.contains("two pictures are named astronaut"))
        let file = try folder.file("taken", [])
        let nowhere = try Command("detect", "--crops", file + "/crops", Repository.astronaut)
        #expect(nowhere.status == 1 && nowhere.messages.contains("no crops can be written in"))
        // One picture's first face would be called like the other picture, under whatever name that is given.
        let album = [folder.path("a.png"), folder.path("a-1.png")]
        for path in album { try FileManager.default.copyItem(atPath: Repository.astronaut, toPath: path) }
        try FileManager.default.createSymbolicLink(atPath: folder.path("link.png"), withDestinationPath: "a-1.png")
        for other in ["a-1.png", "./a-1.png", "link.png"] {
            let command = try Command("detect", album[0], folder.path(other), "--crops", folder.path(""))
            #expect(command.status == 2 && command.output.isEmpty)
            #expect(command.messages.contains("a face could replace the input"), "\(command.messages)")
        }
        for path in album { #expect(FileManager.default.contentsEqual(atPath: path, andPath: Repository.astronaut)) }
        #expect(try Command("detect", album[0], "--crops", folder.path("")).status == 0)
        // A link of a crop's name leads to what nobody meant.
        let precious = try folder.file("precious", Data("kept".utf8))
        try FileManager.default.removeItem(atPath: album[1])
        try FileManager.default.createSymbolicLink(atPath: album[1], withDestinationPath: "precious")
        let linked = try Command("detect", album[0], "--crops", folder.path(""))
        #expect(linked.status == 1 && linked.messages.contains("a-1.png is a link"), "\(linked.messages)")
        #expect(FileManager.default.contents(atPath: precious) == Data("kept".utf8))
        #expect(try Command("detect", "--crop-padding", "101", Repository.astronaut).status == 2)
        #expect(try Command("detect", "--crop-fill", "none", Repository.astronaut).status == 2)
        withExtendedLifetime(folder) {}
    }
}
