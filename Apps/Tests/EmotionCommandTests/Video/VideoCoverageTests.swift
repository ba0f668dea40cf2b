import Foundation
import Testing

/// How much of a video is scored: all frames that show the interviewee, whatever lies between them.
@Suite(.enabled(if: Programs.haveFFmpeg, "ffmpeg is not on the search path"))
struct VideoCoverageTests {
    /// What became of the frames that were looked at.
    private struct Outcome {
        var scored: [Double] = []
        var uncertain = 0
        var missed: [(seconds: Double, reason: String)] = []

        var coverage: Double { Double(scored.count) / Double(max(1, scored.count + missed.count)) }
    }

    private func outcome(of clip: String, _ options: String..., output: [String] = []) throws -> Outcome {
        let folder = try TemporaryFolder()
        let json = folder.path("session.json")
        let command = try Command(["video", clip, "--json", json] + options + output)
        try #require([0, 3].contains(command.status), "\(command.messages)")
        let data = try Data(contentsOf: URL(fileURLWithPath: json))
        let session = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
        let frames = try #require(session["frames"] as? [[String: Any]])
        let missed = try #require(session["missed"] as? [[String: Any]])
        return Outcome(
            scored: frames.compactMap { $0["timestamp"] as? Double },
            uncertain: frames.count { $0["identity_uncertain"] as? Bool == true },
            missed: missed.compactMap { entry in
                guard let seconds = entry["timestamp"] as? Double, let reason = entry["reason"] as? String,
                    reason != "sampling"
                else { return nil }
                return (seconds, reason)
            })
    }

    /// A clip of the astronaut: `seconds` at `rate` frames a second, drawn by ffmpeg's filters.
    private func clip(_ folder: TemporaryFolder, _ filter: String, seconds: Double, rate: Int = 10) throws -> String {
        let path = folder.path("clip.mp4")
        try Programs.ffmpeg(
            "-loop", "1", "-framerate", "\(rate)", "-t", "\(seconds)", "-i", Repository.astronaut, "-vf", filter,
            "-c:v", "libx264", "-preset", "ultrafast", "-crf", "20", "-pix_fmt", "yuv420p", path)
        return path
    }

    /// She sways by a third of her face and leans by 20°.
    private static let swaying =
        "pad=640:640:64:64:gray,rotate=0.35*sin(2*t):c=gray,crop=400:400:"
        + "x='90+40*sin(1.3*t)':y='70+25*sin(1.7*t)'"

    @Test(arguments: ["1", "2", "5", "10", "20", "30", "50"])
    func everyFrameIsScoredAtAnyStep(interval: String) throws {
        let folder = try TemporaryFolder()
        let outcome = try outcome(of: clip(folder, Self.swaying, seconds: 10), "--every", interval)
        #expect(outcome.coverage == 1, "\(outcome.missed)")
        #expect(outcome.scored.first.map { $0 < 0.05 } == true)
        #expect(outcome.uncertain == 0)
    }

    @Test func oneFrameIsEnough() throws {
        let folder = try TemporaryFolder()
        let outcome = try outcome(of: clip(folder, "null", seconds: 0.1), "--every", "1")
        #expect(outcome.scored == [0])
    }

    @Test func lowAndVariableFrameRatesAreScored() throws {
        let folder = try TemporaryFolder()
        let few = try outcome(of: clip(folder, Self.swaying + ",fps=1/2", seconds: 10), "--every", "1")
        #expect(few.scored.count == 5)
        #expect(few.missed.isEmpty)
        let uneven = folder.path("uneven.mp4")
        try Programs.ffmpeg(
            "-i", clip(folder, Self.swaying, seconds: 10), "-vf", "select='lt(t,1)+not(mod(n,17))+gt(t,9)'",
            "-fps_mode",
            "vfr", "-c:v", "libx264", "-pix_fmt", "yuv420p", uneven)
        let outcome = try outcome(of: uneven, "--every", "1")
        #expect(outcome.scored.count > 20)
        #expect(outcome.missed.isEmpty)
    }

    @Test func smallBudgetScoresWhatItLooksAt() throws {
        let folder = try TemporaryFolder()
        let outcome = try outcome(of: clip(folder, Self.swaying, seconds: 10), "--cpu-budget", "1")
        #expect(!outcome.scored.isEmpty)
        #expect(outcome.missed.isEmpty)
    }

    /// Side light, darkness, another picture of the same person: with one face before and after it is the same person.
    @Test(arguments: [
        "drawbox=w=220:h=ih:color=black@0.65:t=fill:enable='gt(t,3)'",
        "eq=brightness=-0.25:contrast=0.6:enable='gt(t,3)'", "colorbalance=bm=0.6:rm=-0.5:enable='gt(t,3)'",
        "split[a][b];[b]hflip,scale=600:-1,crop=512:512:60:20[b];[a][b]overlay=enable='gt(t,3)'",
    ])
    func changedPictureIsTheSamePerson(change: String) throws {
        let folder = try TemporaryFolder()
        let clip = try clip(folder, change, seconds: 6)
        for interval in ["2", "10", "20"] {
            let outcome = try outcome(of: clip, "--every", interval)
            #expect(outcome.coverage == 1, "every \(interval): \(outcome.missed)")
        }
    }

    /// A face that is somewhere else after a cut and looks different is taken again after some seconds, and marked.
    @Test func loneFaceIsTakenAgainAndMarked() throws {
        let folder = try TemporaryFolder()
        let elsewhere = "[b]hflip,hue=h=140,scale=330:-1[b]"
        let clip = try clip(
            folder,
            "split=3[a][b][c];[c]drawbox=t=fill:color=gray,scale=512:512[c];\(elsewhere);"
                + "[a]scale=256:256[a];[c][a]overlay=0:0:enable='lt(t,4)'[d];[d][b]overlay=182:182:enable='gt(t,7)'",
            seconds: 16)
        let outcome = try outcome(of: clip, "--every", "2", output: ["--min-face", "24"])
        #expect(outcome.missed.allSatisfy { $0.reason == "no_face" && (3.9...7.1).contains($0.seconds) })
        #expect(outcome.uncertain > 35)
        #expect(outcome.scored.contains { $0 < 4 } && outcome.scored.contains { (7.1...8).contains($0) })
    }

    /// Whoever walks by, larger than the interviewee, is not scored, nor is the face that they cover.
    @Test func passerByIsLeftOut() throws {
        let folder = try TemporaryFolder()
        // The passer-by's head, 1.6 times as large, crosses higher up in three seconds.
        let passer = "[b]hflip,crop=170:200:150:40,hue=h=60,scale=272:320[b]"
        let clip = try clip(
            folder,
            "split[a][b];\(passer);[a]pad=900:560:200:48:gray[a];"
                + "[a][b]overlay=x='-280+(t-3)*400':y=-50:enable='between(t,3,6)'",
            seconds: 9)
        let outcome = try outcome(of: clip, "--every", "1")
        #expect(outcome.scored.count > 50)
        #expect(outcome.missed.allSatisfy { ["crowded", "other_person", "undecided", "occluded"].contains($0.reason) })
        #expect(outcome.missed.contains { $0.reason == "crowded" })
        #expect(outcome.missed.allSatisfy { (3...6.5).contains($0.seconds) })
    }

    /// Somebody near the camera is picked though they go after a few seconds; the score is that of who stayed, from the
    /// first frame on.
    @Test func whoeverOnlyPassedHasNoFrames() throws {
        let folder = try TemporaryFolder()
        let head = "crop=200:220:130:30"
        let clip = try clip(
            folder,
            "split[a][b];[b]\(head),hflip,hue=h=60,scale=360:396[b];"
                + "[a]\(head),pad=800:420:560:150:gray[a];[a][b]overlay=100:10:enable='lt(t,3.4)'",
            seconds: 14, rate: 5)
        let json = folder.path("passing.json")
        let command = try Command("video", clip, "--every", "1", "--json", json)
        #expect(command.status == 0, "\(command.messages)")
        let session = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: json)))
        let frames = try #require((session as? [String: Any])?["frames"] as? [[String: Any]])
        let widths = frames.compactMap { ($0["face_box"] as? [Double])?[2] }
        #expect(frames.count >= 68)
        #expect(widths.allSatisfy { $0 < 125 }, "\(widths)")
        #expect(frames.allSatisfy { $0["identity_uncertain"] == nil })
    }

    @Test(arguments: [
        "videos/expressive_1.mp4", "videos/expressive_2.mp4", "videos/presenter.mp4", "videos/speaking_1.mp4",
        "videos/speaking_2.mp4", "cases/fps5.mp4", "cases/sidelight.mp4",
    ])
    func sharedClipIsScoredWhole(name: String) throws {
        guard let clip = Repository.shared(name) else { return }
        for interval in ["5", "50"] {
            let outcome = try outcome(of: clip, "--every", interval)
            #expect(outcome.coverage >= 0.99, "every \(interval): \(outcome.missed)")
            #expect(outcome.scored.first.map { $0 < 0.1 } == true)
            #expect(outcome.uncertain == 0, "every \(interval)")
        }
    }

    /// Nobody gets up and another sits down: the film is cut. At every step the second is perhaps another person.
    @Test(arguments: ["5", "25", "50"])
    func whoeverTakesTheSeatIsMarked(interval: String) throws {
        guard let (first, second) = try twoClips() else { return }
        let folder = try TemporaryFolder()
        let cut = folder.path("cut.mp4")
        // Both faces as large and in one place.
        let scaled = "scale=480:480,fps=25,setsar=1"
        try Programs.ffmpeg(
            "-t", "5", "-i", first, "-t", "5", "-i", second, "-filter_complex",
            "[0:v]crop=266:266:235:47,\(scaled)[a];[1:v]\(scaled)[b];[a][b]concat=n=2:v=1[v]", "-map", "[v]", "-c:v",
            "libx264",
            "-preset", "ultrafast", cut)
        let outcome = try outcome(of: cut, "--every", interval)
        let step = (Double(interval) ?? 0) / 25
        // All but those of the half second in which it might have been a hand, and a frame at the cut.
        let least = max(1, (5 / step).rounded(.down) - 4)
        #expect(Double(outcome.uncertain) >= least && Double(outcome.uncertain) <= 5 / step + 1, "\(outcome.uncertain)")
    }

    private func twoClips() throws -> (String, String)? {
        guard let first = Repository.shared("videos/speaking_2.mp4"),
            let second = Repository.shared("videos/expressive_2.mp4")
        else { return nil }
        return (first, second)
    }

    @Test func overlayShowsTheScoreFromTheFirstFrame() throws {
        let folder = try TemporaryFolder()
        let (overlay, frame) = (folder.path("overlay.mp4"), folder.path("frame.rgb"))
        let clip = try clip(folder, "null", seconds: 0.5)
        #expect(try Command("video", clip, "--every", "1", "--overlay", overlay).status == 0)
        try Programs.ffmpeg("-i", overlay, "-frames:v", "1", "-f", "rawvideo", "-pix_fmt", "rgb24", frame)
        let plain = folder.path("plain.rgb")
        try Programs.ffmpeg("-i", clip, "-frames:v", "1", "-f", "rawvideo", "-pix_fmt", "rgb24", plain)
        let (drawn, bare) = (
            try Data(contentsOf: URL(fileURLWithPath: frame)), try Data(contentsOf: URL(fileURLWithPath: plain))
        )
        // The face's box is drawn around 181,62 to 268,172.
        let changed = (62..<172).flatMap { y in (170..<280).map { x in (y * 512 + x) * 3 } }
            .count { abs(Int(drawn[$0]) - Int(bare[$0])) > 40 }
        #expect(changed > 300)
    }
}
