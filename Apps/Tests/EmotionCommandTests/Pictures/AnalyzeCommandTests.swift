import Foundation
import Testing

@Suite struct AnalyzeCommandTests {
    @Test func printsOneObjectForTheAstronaut() throws {
        let command = try Command("analyze", "--json", Repository.astronaut)
        #expect(command.status == 0)
        #expect(command.messages.isEmpty)
        let object = try #require(command.objects().first)
        #expect(command.output.count == 1)
        #expect(object["image"] as? String == Repository.astronaut)
        #expect(object["success"] as? Bool == true)
        #expect(object["face_detected"] as? Bool == true)
        #expect(object["dominant_emotion"] as? String == "happy")
        let emotions = try #require(object["emotions"] as? [String: Double])
        #expect(Set(emotions.keys) == ["angry", "disgust", "fear", "happy", "sad", "surprise", "neutral"])
        #expect(abs(emotions.values.reduce(0, +) - 1) < 1e-5)
        #expect(object["confidence"] as? Double == emotions["happy"])
        let faces = try #require(object["faces"] as? [[String: Any]])
        #expect(faces.count == 1)
        #expect(faces.first?["detection_stage"] as? String == "mtcnn")
        let box = try #require(object["face_box"] as? [Double])
        // What facenet-pytorch finds: left 181, top 62, width 87, height 110.
        #expect(zip(box, [181, 62, 87, 110]).allSatisfy { abs($0 - $1) < 1 })
        let model = try #require(object["model"] as? [String: String])
        #expect(model["name"] == "efficientnet_b2_fer2013")
        #expect(model["sha256"]?.count == 64)
        let timings = try #require(object["timings_ms"] as? [String: Double])
        #expect(Set(timings.keys) == ["decode", "load", "detect", "classify", "total"])
    }

    @Test func saysHowWellEachFaceIsCaptured() throws {
        let object = try #require(Command("analyze", "--json", Repository.astronaut).objects().first)
        let face = try #require((object["faces"] as? [[String: Any]])?.first)
        let quality = try #require(face["quality"] as? [String: Any])
        #expect(quality["good_enough"] as? Bool == true)
        #expect((quality["issues"] as? [String])?.isEmpty == true)
        #expect(quality["reason"] is NSNull)
        #expect(quality["visible_part"] as? Double == 1)
        // The shorter side of facenet-pytorch's box.
        #expect(abs(try #require(quality["side_pixels"] as? Double) - 87) < 1)
        for angle in ["roll", "yaw", "pitch"] { #expect(abs(try #require(quality[angle] as? Double)) < 35) }
    }

    @Test func takesTheFacesThatAreAskedFor() throws {
        let object = try #require(
            Command("analyze", "--json", "--order", "center", "--max-faces", "1", Repository.astronaut).objects().first)
        #expect((object["faces"] as? [Any])?.count == 1)
        #expect(try Command("analyze", "--max-faces", "0", Repository.astronaut).status == 2)
        #expect(try Command("detect", "--order", "beauty", Repository.astronaut).status == 2)
    }

    @Test func keepsTheDocumentedOrderOfKeys() throws {
        let line = try #require(Command("analyze", "--json", Repository.astronaut).output.first)
        let keys = [
            "image", "success", "face_detected", "dominant_emotion", "confidence", "emotions", "face_box", "faces",
            "model", "timings_ms",
        ]
        let places = keys.map { line.range(of: "\"\($0)\":", options: .literal)?.lowerBound }
        #expect(!places.contains(nil))
        #expect(places.compactMap { $0 } == places.compactMap { $0 }.sorted())
    }

    @Test func printsTheSameInEveryLocale() throws {
        func faces(_ locale: String) throws -> Substring? {
            let line = try Command(["analyze", "--json", Repository.astronaut], environment: ["LC_ALL": locale])
                .output.first
            return line?.split(separator: "\"timings_ms\"").first
        }
        #expect(try faces("de_DE.UTF-8") == faces("C"))
    }

    @Test func showsPeopleATableWithoutColour() throws {
        let command = try Command("analyze", Repository.astronaut)
        #expect(command.status == 0)
        #expect(command.output.first?.contains("512×512  1 face") == true)
        let ranked = command.output.filter { $0.hasPrefix("    ") }
        #expect(ranked.count == 7)
        #expect(ranked.first?.contains("happy") == true)
        #expect(!command.output.joined().contains("\u{1B}"))
    }

    @Test func exitsWithThreeWhereNoFaceIsFound() throws {
        let folder = try TemporaryFolder()
        let path = try folder.file("gray.png", TinyPicture.gray)
        let assumed = try Command("analyze", "--json", path)
        #expect(assumed.status == 3)
        let object = try #require(assumed.objects().first)
        #expect(object["face_detected"] as? Bool == false)
        let face = try #require((object["faces"] as? [[String: Any]])?.first)
        #expect(face["detection_stage"] as? String == "center_region")
        #expect(face["quality"] is NSNull)

        let strict = try Command("analyze", "--json", "--no-assume-face", path)
        #expect(strict.status == 3)
        let bare = try #require(strict.objects().first)
        #expect((bare["faces"] as? [Any])?.isEmpty == true)
        #expect(bare["dominant_emotion"] is NSNull)
        #expect(bare["face_box"] is NSNull)
    }

    @Test func reportsEachPictureAndFailsWhereOneDoes() throws {
        let folder = try TemporaryFolder()
        let gray = try folder.file("gray.png", TinyPicture.gray)
        let absent = folder.path("absent.jpg")
        let command = try Command("analyze", "--json", gray, absent, Repository.astronaut)
        #expect(command.status == 1)
        let objects = try command.objects()
        #expect(objects.map { $0["image"] as? String } == [gray, absent, Repository.astronaut])
        #expect(objects.map { $0["success"] as? Bool } == [true, false, true])
        #expect(command.messages.contains(absent))
    }

    @Test func finishesWithZeroWhereOnePictureHasAFace() throws {
        let folder = try TemporaryFolder()
        let gray = try folder.file("gray.png", TinyPicture.gray)
        #expect(try Command("analyze", "--json", gray, Repository.astronaut).status == 0)
    }

    @Test(arguments: ["png", "jpg"])
    func writesAnOverlay(suffix: String) throws {
        let folder = try TemporaryFolder()
        let overlay = folder.path("overlay.\(suffix)")
        let command = try Command("analyze", Repository.astronaut, "--overlay", overlay)
        #expect(command.status == 0)
        // The marked picture is a picture with a face in it, and not the one that went in.
        let again = try Command("detect", "--json", overlay)
        #expect(again.status == 0)
        #expect(
            FileManager.default.contents(atPath: overlay) != FileManager.default.contents(atPath: Repository.astronaut))
    }

    @Test func failsWhereTheOverlayCannotBeWritten() throws {
        let command = try Command("analyze", Repository.astronaut, "--overlay", "/nonexistent/overlay.png")
        #expect(command.status == 1)
        #expect(command.messages.contains("/nonexistent/overlay.png"))
    }
}
