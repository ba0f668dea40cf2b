import EmotionDetection
import Foundation
import ImageCodecs
import Testing

/// The mesh in `analyze`, and what a face does in sessions of `video`.
@Suite struct AnalyzedMeshTests {
    private func face(_ arguments: String...) throws -> (face: [String: Any], timings: [String: Any]) {
        let command = try Command(arguments + [Repository.astronaut])
        #expect(command.status == 0)
        let object = try #require(command.objects().first)
        let face = try #require((object["faces"] as? [[String: Any]])?.first)
        return (face, object["timings_ms"] as? [String: Any] ?? [:])
    }

    @Test func isThatOfTheMeshCommand() throws {
        let (analyzed, timings) = try face("analyze", "--json", "--mesh")
        let mesh = try #require(analyzed["mesh"] as? [String: Any])
        let alone = try #require(try face("mesh", "--json").face["mesh"] as? [String: Any])
        #expect(NSDictionary(dictionary: mesh) == NSDictionary(dictionary: alone))
        #expect((mesh["blendshapes"] as? [String: Any])?.count == 52 && mesh["head_pose"] != nil)
        #expect(analyzed["emotions"] != nil && timings["mesh"] != nil)
        let plain = try face("analyze", "--json")
        #expect(plain.face["mesh"] == nil && plain.timings["mesh"] == nil)
    }

    @Test func isDrawnBelowTheMarks() throws {
        let folder = try TemporaryFolder()
        let (with, without) = (folder.path("mesh.png"), folder.path("plain.png"))
        #expect(try Command("analyze", "--mesh", "--overlay", with, Repository.astronaut).status == 0)
        #expect(try Command("analyze", "--overlay", without, Repository.astronaut).status == 0)
        let (meshed, plain) = (try ImageDecoder.decode(contentsOf: with), try ImageDecoder.decode(contentsOf: without))
        let changed = zip(meshed.pixels, plain.pixels).count { $0 != $1 }
        #expect(changed > 5000)
    }

    @Test func isToldInALine() throws {
        let command = try Command("analyze", "--mesh", Repository.astronaut)
        #expect(command.output.contains { $0.contains("yaw") && $0.contains("smile") })
    }

    @Test func anAssumedFaceHasNone() throws {
        let folder = try TemporaryFolder()
        let wall = try folder.file("wall.png", TinyPicture.gray)
        let command = try Command("analyze", "--json", "--mesh", wall)
        let face = try #require((command.objects().first?["faces"] as? [[String: Any]])?.first)
        #expect(face["face_detected"] as? Bool == false && face["mesh"] is NSNull)
    }
}

@Suite(.enabled(if: Programs.haveFFmpeg, "ffmpeg is not on the search path"))
struct FollowedFaceTests {
    private func clip(_ folder: TemporaryFolder) throws -> String {
        let path = folder.path("clip.mp4")
        try Programs.ffmpeg(
            "-loop", "1", "-framerate", "10", "-t", "3", "-i", Repository.astronaut, "-vf",
            "pad=560:560:24:24:gray,crop=512:512:x='24+12*sin(3*t)':y=24", "-c:v", "libx264", "-preset", "ultrafast",
            "-pix_fmt", "yuv420p", path)
        return path
    }

    private func session(of clip: String, _ options: String...) throws -> [String: Any] {
        let folder = try TemporaryFolder()
        let json = folder.path("s.json")
        let command = try Command(["video", clip, "--json", json] + options)
        try #require(command.status == 0, "\(command.messages)")
        let data = try Data(contentsOf: URL(fileURLWithPath: json))
        return try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    private func rows(_ session: [String: Any], _ key: String) -> [[String: Double]?] {
        (session[key] as? [[String: Any]] ?? []).map { $0["movements"] as? [String: Double] }
    }

    @Test func everyFrameHasARowThoughSomeAreScored() throws {
        let folder = try TemporaryFolder()
        let (clip, csv) = (try clip(folder), folder.path("s.csv"))
        let session = try session(of: clip, "--csv", csv)
        #expect(session["schema_version"] as? Int == 3)
        let (scored, between) = (rows(session, "frames"), rows(session, "missed"))
        #expect(scored.count == 6 && between.count == 24)
        #expect(scored.allSatisfy { $0 != nil } && between.allSatisfy { $0 != nil })
        #expect(scored.allSatisfy { ($0?["smile_left"] ?? 0) > 0.4 && abs($0?["yaw"] ?? 90) < 20 })
        let basis = ((session["summary"] as? [String: Any])?["movements"] as? [String: Any])?["basis"] as? [String: Any]
        #expect(basis?["rows"] as? Int == 30)
        let lines = try String(contentsOfFile: csv, encoding: .utf8).split(separator: "\n")
        let column = try #require(lines[0].split(separator: ",").firstIndex(of: "smile_left"))
        let values = lines.dropFirst().map {
            Double($0.split(separator: ",", omittingEmptySubsequences: false)[column])
        }
        #expect(values.count == 30 && values.allSatisfy { ($0 ?? 0) > 0.4 })
    }

    @Test func itCanBeSwitchedOff() throws {
        let folder = try TemporaryFolder()
        let session = try session(of: clip(folder), "--no-mesh")
        #expect(rows(session, "frames").allSatisfy { $0 == nil } && rows(session, "missed").allSatisfy { $0 == nil })
        #expect((session["summary"] as? [String: Any])?["movements"] == nil)
        #expect((session["frames"] as? [[String: Any]] ?? []).allSatisfy { $0["pose"] != nil })
    }

    @Test func aBudgetIsSpentOnFramesThatAreLookedAt() throws {
        let folder = try TemporaryFolder()
        let session = try session(of: clip(folder), "--cpu-budget", "1")
        #expect(rows(session, "frames").allSatisfy { $0 != nil })
        #expect(rows(session, "missed").allSatisfy { $0 == nil })
    }

    @Test func theMeshIsDrawnOnRequest() throws {
        let folder = try TemporaryFolder()
        let clip = try clip(folder)
        let (with, without) = (folder.path("mesh.mp4"), folder.path("plain.mp4"))
        #expect(try Command("video", clip, "--overlay", with, "--overlay-mesh").status == 0)
        #expect(try Command("video", clip, "--overlay", without).status == 0)
        // A frame between two that are looked at has the mesh as well.
        let frames = try [with, without].map { path in
            let png = path + ".png"
            try Programs.ffmpeg("-i", path, "-vf", "select=eq(n\\,12)", "-frames:v", "1", png)
            return try ImageDecoder.decode(contentsOf: png)
        }
        let changed = zip(frames[0].pixels, frames[1].pixels).count { abs(Int($0) - Int($1)) > 24 }
        #expect(changed > 3000)
    }

    @Test(arguments: [
        ["video", "a.mp4", "--overlay-mesh"], ["video", "a.mp4", "--overlay", "o.mp4", "--overlay-mesh", "--no-mesh"],
    ])
    func aMeshOverNothingIsRefused(arguments: [String]) throws {
        let command = try Command(arguments)
        #expect(command.status == 2 && command.messages.contains("--overlay-mesh"))
    }

    @Test func absentWeightsAreToldBeforeTheVideoIsRead() throws {
        let folder = try TemporaryFolder()
        for name in ["efficientnet_b2_fer2013", "mtcnn", "haarcascade_frontalface_default"] {
            let file = name + ".safetensors"
            try FileManager.default.createSymbolicLink(
                atPath: folder.path(file), withDestinationPath: Repository.path("Weights/" + file))
        }
        let arguments = ["video", try clip(folder), "--weights-folder", folder.path("")]
        let command = try Command(arguments)
        #expect(command.status == 1 && command.messages.contains("face_mesh.safetensors"))
        #expect(try Command(arguments + ["--no-mesh"]).status == 0)
    }

    // Counted by hand in the frames of the clip: the moments at which the lids are lowest, in seconds. A ninth begins in the
    // last frame.
    private static let blinks = [0.16, 2.0, 2.8, 3.72, 5.12, 6.52, 7.36, 8.52]

    @Test func blinksOfASharedClipAreThoseCountedByHand() throws {
        guard let clip = Repository.shared("videos/speaking_1.mp4") else { return }
        let summary = try #require(try session(of: clip)["summary"] as? [String: Any])
        let movements = try #require(summary["movements"] as? [String: Any])
        let times = try #require((movements["blinks"] as? [String: Any])?["times"] as? [Double])
        let missed = Self.blinks.filter { blink in !times.contains { abs($0 - blink) < 0.2 } }
        let surplus = times.filter { time in time < 9.9 && !Self.blinks.contains { abs($0 - time) < 0.2 } }
        #expect(missed.isEmpty && surplus.isEmpty, "missed \(missed), surplus \(surplus) of \(times)")
    }

    // She never blinks in 22 seconds.
    @Test func aClipWithoutBlinksHasNone() throws {
        guard let clip = Repository.shared("videos/speaking_2.mp4") else { return }
        let summary = try #require(try session(of: clip)["summary"] as? [String: Any])
        let blinks = (summary["movements"] as? [String: Any])?["blinks"] as? [String: Any]
        #expect((blinks?["times"] as? [Double])?.isEmpty == true, "\(String(describing: blinks))")
    }
}
