import Foundation
import Testing

/// What a person who practises chooses: dates, goals, the face at rest, stills and the history of a folder.
@Suite(.enabled(if: Programs.haveFFmpeg, "ffmpeg is not on the search path"))
struct PracticeChoicesTests {
    private let folder: TemporaryFolder
    private let clip: String

    init() throws {
        folder = try TemporaryFolder()
        clip = try MadeMedia.clip(
            folder.path("clip.mp4"), seconds: 8, "-metadata", "creation_time=2026-01-31T08:30:00.000000Z")
    }

    private func session(_ path: String) throws -> [String: Any] {
        let data = try Data(contentsOf: URL(fileURLWithPath: path))
        return try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    private func start(of path: String) throws -> Date {
        let details = try #require(try session(path)["details"] as? [String: Any])
        let text = try #require(details["started_at"] as? String)
        return try #require(ISO8601DateFormatter().date(from: text), "\(text)")
    }

    private func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

    @Test func datesASessionByItsRecording() throws {
        let json = folder.path("s.json")
        #expect(try Command("video", clip, "--json", json).status == 0)
        #expect(try start(of: json) == ISO8601DateFormatter().date(from: "2026-01-31T08:30:00Z"))
        #expect(try source(of: json) == "container")
        // Without the tag it is when the file was last changed.
        let untagged = try MadeMedia.clip(folder.path("untagged.mp4"))
        let date = Date(timeIntervalSince1970: 1_700_000_000)
        try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: untagged)
        #expect(try Command("video", untagged, "--every", "2", "--json", json).status == 0)
        #expect(try start(of: json) == date)
        #expect(try source(of: json) == "file_time")
    }

    private func source(of path: String) throws -> String? {
        (try session(path)["details"] as? [String: Any])?["started_at_source"] as? String
    }

    @Test func checksAGoal() throws {
        let (json, html) = (folder.path("s.json"), folder.path("s.html"))
        #expect(try Command("video", clip, "--json", json, "--report", html, "--goal", "smiles=50").status == 0)
        let details = try #require(try session(json)["details"] as? [String: Any])
        #expect((details["goal"] as? [String: Any])?["measure"] as? String == "smiles")
        #expect(try text(html).contains("Smiles (read as happy): at least 50\u{202F}%"))
        #expect(try text(html).contains("Reached. This session: 9"))
        #expect(try Command("report", json, "--html", html, "--goal", "sad=0").status == 0)
        #expect(try text(html).contains("Read as sad: at most 0\u{202F}%"))
    }

    @Test(arguments: [
        ["--goal", "joy"], ["--resting-from", "0:07-0:02"], ["--resting-from", "2"], ["--stills"],
        ["--save-resting", "r.json"], ["--resting", "r.json", "--resting-from", "0-5"],
    ])
    func refusesWrongUsage(options: [String]) throws {
        let command = try Command(["video", clip] + options)
        #expect(command.status == 2, "\(command.messages)")
        #expect(command.output.isEmpty)
    }

    @Test func takesARestingFaceOff() throws {
        let profile = #"{"resting":{"happy":0.5,"neutral":0.3,"angry":0.2},"frame_count":30,"duration_seconds":5}"#
        let (json, resting) = (folder.path("s.json"), try folder.file("r.json", Data(profile.utf8)))
        #expect(try Command("video", clip, "--json", json, "--resting", resting).status == 0)
        let configuration = try #require(try session(json)["configuration"] as? [String: Any])
        #expect((configuration["resting_face"] as? [String: Any])?["frame_count"] as? Int == 30)
        let none = try Command("video", clip, "--resting", folder.path("none.json"))
        #expect(none.status == 1)
        #expect(none.messages.contains("none.json"))
        let wrong = try Command("video", clip, "--resting", json)
        #expect(wrong.status == 1)
        #expect(wrong.messages.contains("no resting-face profile"))
    }

    // The astronaut smiles, which is no face at rest: the reason is told, and the session is kept without it.
    @Test func saysWhyAFaceIsNotAtRest() throws {
        let (json, resting) = (folder.path("s.json"), folder.path("r.json"))
        let command = try Command(
            "video", clip, "--json", json, "--resting-from", "0-0:08", "--save-resting", resting, "--every", "2")
        #expect(command.status == 1)
        #expect(command.messages.contains("the face was read as happy: let it rest"))
        #expect((try session(json)["frames"] as? [Any])?.count ?? 0 > 20)
        #expect((try session(json)["configuration"] as? [String: Any])?["resting_face"] == nil)
        #expect(!FileManager.default.fileExists(atPath: resting))
    }

    @Test func makesStillsOnlyWhereTheyAreAskedFor() throws {
        let (json, html) = (folder.path("s.json"), folder.path("s.html"))
        let options = ["video", clip, "--json", json, "--report", html, "--question", "Why?@0:01"]
        #expect(try Command(options).status == 0)
        #expect(!(try text(html).contains("<img")))
        #expect(try Command(options + ["--stills"]).status == 0)
        let page = try text(html)
        let match = try #require(page.firstMatch(of: /src="data:image\/jpeg;base64,([A-Za-z0-9+\/=]+)"/))
        let jpeg = try #require(Data(base64Encoded: String(match.1)))
        #expect(jpeg.count < 20_000)
        let picture = try folder.file("still.jpg", jpeg)
        // It shows the face.
        #expect(try Command("detect", picture).status == 0)
        #expect(!(try text(json).contains(match.1.prefix(40))))
    }

    @Test func showsTheHistoryOfAFolder() throws {
        let sessions = folder.path("sessions")
        try FileManager.default.createDirectory(atPath: sessions, withIntermediateDirectories: true)
        let days = ["2026-01-05", "2026-01-19", "2026-01-12"]
        for (index, day) in days.enumerated() {
            let film = try MadeMedia.clip(
                folder.path("\(index).mp4"), seconds: 2, "-metadata", "creation_time=\(day)T12:00:00Z")
            let json = "\(sessions)/\(index).json"
            #expect(try Command("video", film, "--every", "2", "--json", json, "--question", "Why us?@0").status == 0)
        }
        try Data("{}".utf8).write(to: URL(fileURLWithPath: "\(sessions)/notes.json"))
        let html = folder.path("report.html")
        let command = try Command("report", "\(sessions)/1.json", "--html", html, "--history", sessions)
        #expect(command.status == 0)
        #expect(command.messages.contains("left out of the history: \(sessions)/notes.json: no session: the field "))
        let page = try text(html)
        let section = try #require(page.firstRange(of: "id=\"progress\""))
        let places = ["5 January 2026", "12 January 2026", "19 January 2026"].compactMap { day in
            page[section.lowerBound...].firstRange(of: day)?.lowerBound
        }
        #expect(places.count == 3 && places == places.sorted())
        #expect(page.contains("This question before: "))
        #expect(page.contains("Not enough sessions yet"))
        #expect(page[section.lowerBound...].ranges(of: "19 January 2026").count == 1)
        // One that is named as well is the same session.
        let named = ["--earlier", "\(sessions)/0.json"]
        #expect(
            try Command(["report", "\(sessions)/1.json", "--html", html, "--history", sessions] + named).status == 0)
        #expect(try text(html) == page)
        #expect(
            try Command("report", "\(sessions)/1.json", "--html", html, "--history", folder.path("none")).status == 1)
    }
}

/// What comes before a practice session, with a camera that is made for the tests.
@Suite(.enabled(if: MadeCamera.isPossible, "no ffmpeg, or no folder of devices to make files in"))
struct PracticePreludeTests {
    private func practice(_ options: String...) throws -> (command: Command, session: [String: Any]) {
        let (folder, camera) = (try TemporaryFolder(), try MadeCamera())
        let json = folder.path("s.json")
        let command = try Command(
            ["practice", "--device", camera.device, "--every", "2", "--seconds", "2", "--json", json] + options,
            environment: camera.environment)
        let data = try Data(contentsOf: URL(fileURLWithPath: json))
        return (command, try #require(JSONSerialization.jsonObject(with: data) as? [String: Any]))
    }

    private func times(_ session: [String: Any]) -> [Double] {
        (session["frames"] as? [[String: Any]] ?? []).compactMap { $0["timestamp"] as? Double }
    }

    @Test func guidesBeforeTheSessionBegins() throws {
        let (command, session) = try practice("--guided", "--question", "Why us?")
        #expect(command.status == 0, "\(command.messages)")
        #expect(command.messages.contains("Check your picture"))
        #expect(command.messages.contains("Your face at rest, five seconds"))
        // The astronaut smiles: twice the reason, then a session without a profile.
        #expect(command.messages.ranges(of: "the face was read as happy").count == 2)
        #expect(command.messages.contains("Question 1: Why us?"))
        let times = times(session)
        #expect((times.first ?? 9) < 2 && (times.last ?? 0) <= 2.2, "\(times)")
        let question = try #require((session["questions"] as? [[String: Any]])?.first)
        #expect(question["label"] as? String == "Why us?" && question["start"] as? Double == 0)
        let details = try #require(session["details"] as? [String: Any])
        let start = try #require((details["started_at"] as? String).flatMap(ISO8601DateFormatter().date))
        #expect(abs(start.timeIntervalSinceNow) < 60)
    }

    @Test func leavesOutWhatIsNotWanted() throws {
        let (command, session) = try practice("--guided", "--no-check", "--no-resting")
        #expect(command.status == 0, "\(command.messages)")
        #expect(!command.messages.contains("Check your picture"))
        #expect(!command.messages.contains("at rest"))
        #expect(!times(session).isEmpty)
    }
}
