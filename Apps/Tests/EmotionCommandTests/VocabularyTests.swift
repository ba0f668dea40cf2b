import Foundation
import Testing

/// Each thing has one name in all that the command writes (`Docs/Formats.md`).
@Suite struct VocabularyTests {
    /// Names that something had before, or has elsewhere.
    private static let otherNames: Set = [
        "face_position", "bbox", "det_score", "score_detection", "stage", "detector", "haarCascade", "centerRegion",
        "smoothed", "dominant", "probabilities", "track_id",
    ]

    /// Every key and every text of a JSON document with its path.
    private func walk(_ json: Any, _ path: String, _ visit: (_ path: String, _ key: String, _ value: Any) -> Void) {
        if let object = json as? [String: Any] {
            for (key, value) in object {
                visit(path, key, value)
                walk(value, path + "." + key, visit)
            }
        } else if let list = json as? [Any] {
            for value in list { walk(value, path, visit) }
        }
    }

    private func check(_ objects: [[String: Any]]) {
        #expect(!objects.isEmpty)
        for object in objects {
            walk(object, "") { path, key, value in
                #expect(!Self.otherNames.contains(key), "\(path).\(key)")
                if let text = value as? String { #expect(!Self.otherNames.contains(text), "\(path).\(key)") }
                guard !(value is NSNull) else { return }
                switch key {
                case "confidence": #expect((0...1).contains(value as? Double ?? .nan), "\(path)")
                case "quality": #expect((value as? [String: Any])?["score"] is Double, "\(path)")
                case "face_box": #expect((value as? [Double])?.count == 4, "\(path)")
                case "emotions": #expect(value is [String: Double], "\(path)")
                case "detection_stage":
                    #expect(["mtcnn", "haar_cascade", "center_region", "picture_too_small"].contains(value as? String))
                default: break
                }
            }
            // Whatever states a probability of the strongest expression states that very one.
            let emotions = object["emotions"] as? [String: Double]
            if let confidence = object["confidence"] as? Double {
                #expect(emotions?.values.max() == confidence)
                #expect(emotions?.max { $0.value < $1.value }?.key == object["dominant_emotion"] as? String)
            }
        }
    }

    @Test(arguments: [
        ["analyze", "--json", Repository.astronaut], ["detect", "--json", Repository.astronaut],
        ["mesh", "--json", Repository.astronaut], ["doctor", "--json"], ["models", "info", "--json"],
        ["models", "verify", "--json"],
    ])
    func ofCommandsOnPictures(arguments: [String]) throws { check(try Command(arguments).objects()) }

    @Test func ofAnEvaluationAndAFusion() throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder.path("happy"), withIntermediateDirectories: true)
        _ = try folder.file("happy/1.png", TinyPicture.gray)
        check(try Command("evaluate", "--json", folder.path("")).objects())
        let line = try #require(try Command("analyze", "--json", Repository.astronaut).output.first)
        check(try Command("fuse", "--facial", folder.file("f.json", Data(line.utf8))).objects())
    }

    /// A session and its table have a score where a picture has a probability, and nowhere the other's name.
    @Test(.enabled(if: Programs.haveFFmpeg, "ffmpeg is not on the search path")) func ofASession() throws {
        let folder = try TemporaryFolder()
        let clip = try MadeMedia.clip(folder.path("clip.mp4"))
        let session = try Command("video", clip, "--every", "2", "--json", "-").objects()
        check(session)
        walk(try #require(session.first), "") { path, key, _ in #expect(key != "confidence", "\(path)") }
        let frame = try #require((session.first?["frames"] as? [[String: Any]])?.first)
        #expect(frame["confidence_score"] is Double && frame["smoothed_confidence"] is Double)
        let columns = try #require(Command("video", clip, "--every", "2", "--csv", "-").output.first).split(
            separator: ",")
        #expect(!columns.contains("confidence") && !columns.contains("quality"))
        #expect(
            Set(["confidence_score", "smoothed_confidence", "quality_score", "timestamp"]).isSubset(
                of: columns.map(String.init)))
    }
}
