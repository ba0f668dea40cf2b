import Foundation
import InterviewAnalysis
import Testing

struct SessionRouteTests {
    /// A session of a person before a camera, a frame every `step` seconds.
    private func fill(_ session: String, _ server: ServerProcess, frames: Int, step: Double) throws {
        for number in 0..<frames {
            let reply = try server.post(
                picture: try Pictures.webcam(number),
                to: "/sessions/\(session)/frames?timestamp=\(Double(number) * step)")
            #expect(reply.status == 200, "\(reply.text)")
        }
    }

    @Test(arguments: [2.0, 3.0]) func aFrameEveryTwoOrThreeSecondsCoversTheSessionFully(step: Double) throws {
        let server = try ServerProcess()
        let session = try server.newSession()
        try fill(session, server, frames: 12, step: step)
        let summary = try server.get("/sessions/\(session)/summary").json
        let score = try #require(summary["score"] as? [String: Any])
        let coverage = try #require(score["coverage"] as? [String: Any])
        #expect(coverage["share"] as? Double == 1)
        #expect(coverage["analysed"] as? Int == 12)
        #expect(coverage["identity_uncertain"] as? Int == 0)
        #expect(score["value"] is Double)
        #expect((summary["gaps"] as? [Any])?.isEmpty == true)
        #expect(summary["duration_seconds"] as? Double == 11 * step)
    }

    @Test func aWholeSessionFromItsBeginningToItsEnd() throws {
        let server = try ServerProcess()
        let created = try server.post("/sessions", ["title": "Monday", "started_at": "2026-01-31T09:30:00+01:00"])
        #expect(created.status == 201)
        let session = try #require(created.json["id"] as? String)
        #expect(created.headers["location"] == "/sessions/\(session)")
        #expect(created.json["frame_count"] as? Int == 0)

        let first = try server.post("/sessions/\(session)/questions", ["text": "Who are you?", "at": 0])
        #expect(first.status == 201)
        let list = try (0..<6).map { number in
            ["timestamp": Double(number) * 2, "image": Pictures.base64(try Pictures.webcam(number))] as [String: Any]
        }
        let frames = try server.post("/sessions/\(session)/frames", ["frames": list])
        #expect(frames.status == 200, "\(frames.text)")
        #expect(frames.json["frame_count"] as? Int == 6)
        let replies = try #require(frames.json["frames"] as? [[String: Any]])
        #expect(replies.map { $0["timestamp"] as? Double } == [0, 2, 4, 6, 8, 10])
        #expect(replies.map { $0["frame"] as? Int } == [0, 1, 2, 3, 4, 5])
        for reply in replies {
            #expect(reply["face_detected"] as? Bool == true)
            #expect(reply["duplicate"] as? Bool == false)
            #expect(reply["confidence_score"] is Double && reply["smoothed_confidence"] is Double)
            let analysis = try #require(reply["analysis"] as? [String: Any])
            let keys: Set = [
                "current_confidence", "smoothed_confidence", "confidence_level", "message", "advice", "color",
                "stability",
            ]
            #expect(Set(analysis.keys) == keys)
        }
        // One frame in place of a list, as JSON and as a form.
        let single = try server.post(
            "/sessions/\(session)/frames", ["timestamp": 12, "image": Pictures.base64(try Pictures.webcam(6))])
        #expect(single.json["frame_count"] as? Int == 7)
        let form = try server.request(
            "POST", "/sessions/\(session)/frames", headers: ["Content-Type": "multipart/form-data; boundary=XyZ"],
            body: Pictures.form([
                (#"name="timestamp""#, Array("14".utf8)), (#"name="image"; filename="a""#, try Pictures.webcam(7)),
            ]))
        #expect(form.json["frame_count"] as? Int == 8)
        #expect(
            try server.post(picture: try Pictures.empty(), to: "/sessions/\(session)/frames?timestamp=16").json.skip
                == "no_face")

        // The same file as the command's, with scores that follow from its frames.
        let file = try server.get("/sessions/\(session)/session.json")
        let record = try SessionRecord(json: file.body)
        #expect(record.details.title == "Monday")
        #expect(record.details.media?.widthPixels == 320)
        #expect(record.frames.count == 8 && record.missed.map(\.reason) == [.noFace])
        #expect(record.questions == [QuestionMarker(label: "Who are you?", start: 0)])
        let table = try server.get("/sessions/\(session)/session.csv").text.split(separator: "\n")
        #expect(table.count == 10 && String(table[0]) == SessionCSV.header)

        let report = try server.get("/sessions/\(session)/report")
        #expect(report.headers["content-type"] == "text/html; charset=utf-8")
        #expect(report.headers["content-security-policy"]?.contains("frame-ancestors 'self'") == true)
        #expect(report.text.contains("Who are you?") && report.text.contains("Monday"))

        let overview = try server.get("/sessions/\(session)").json
        #expect(overview["frame_count"] as? Int == 9)
        #expect(overview["question_count"] as? Int == 1)
        #expect(overview["duration_seconds"] as? Double == 16)
        #expect(overview["expires_at"] is String)
        #expect(abs((overview["coverage"] as? Double ?? 0) - 8.0 / 9) < 1e-5)

        #expect(try server.request("DELETE", "/sessions/\(session)").status == 204)
        for path in ["", "/summary", "/report", "/session.json", "/session.csv", "/questions"] {
            #expect(try server.get("/sessions/\(session)\(path)").code == "session_not_found")
        }
    }

    @Test func aFrameThatIsThereIsAnsweredAgainAndAddsNothing() throws {
        let server = try ServerProcess()
        let session = try server.newSession()
        let path = "/sessions/\(session)/frames?timestamp="
        let first = try server.post(picture: try Pictures.webcam(0), to: path + "2")
        let again = try server.post(picture: try Pictures.webcam(3), to: path + "2")
        #expect(again.status == 200)
        #expect(again.json["frame_count"] as? Int == 1)
        var (old, new) = (first.frames[0], again.frames[0])
        #expect(old.removeValue(forKey: "duplicate") as? Bool == false)
        #expect(new.removeValue(forKey: "duplicate") as? Bool == true)
        #expect(NSDictionary(dictionary: old) == NSDictionary(dictionary: new))
        let late = try server.post(picture: try Pictures.webcam(1), to: path + "1")
        #expect(late.status == 409 && late.code == "timestamp_not_rising")
        // A list of which a part is there.
        let list = try [2.0, 4.0].map {
            ["timestamp": $0, "image": Pictures.base64(try Pictures.webcam(1))] as [String: Any]
        }
        let mixed = try server.post("/sessions/\(session)/frames", ["frames": list])
        #expect(mixed.frames.map { $0["duplicate"] as? Bool } == [true, false])
        #expect(mixed.json["frame_count"] as? Int == 2)
    }

    @Test func aQuestionThatIsAnsweredAgainCountsOnce() throws {
        let server = try ServerProcess()
        let session = try server.newSession()
        func ask(_ text: String, _ time: Double, redo: Bool = false) throws -> HTTPReply {
            try server.post("/sessions/\(session)/questions", ["text": text, "at": time, "redo": redo])
        }
        func frame(_ time: Double) throws {
            let reply = try server.post(
                picture: try Pictures.webcam(Int(time)), to: "/sessions/\(session)/frames?timestamp=\(time)")
            #expect(reply.status == 200)
        }
        #expect(try ask("A", 0, redo: true).code == "no_question")
        _ = try ask("A", 0)
        for time in [0.0, 2, 4] { try frame(time) }
        _ = try ask("B", 5)
        for time in [6.0, 8] { try frame(time) }
        let redone = try ask("B", 9, redo: true)
        let questions = try #require(redone.json["questions"] as? [[String: Any]])
        #expect(questions.map { $0["at"] as? Double } == [0, 9])
        for time in [10.0, 12] { try frame(time) }
        let record = try SessionRecord(json: try server.get("/sessions/\(session)/session.json").body)
        #expect(record.frames.map(\.timestamp) == [0, 2, 4, 10, 12])
        #expect(record.missed.map(\.timestamp) == [6, 8])
        #expect(record.missed.allSatisfy { $0.reason == .sampling })
        #expect(record.summary.score.coverage.share == 1)
        #expect(record.questions.map(\.label) == ["A", "B"])
    }

    @Test func aQuestionThatIsSentAgainBecauseItsAnswerWasLostIsMarkedOnce() throws {
        let server = try ServerProcess()
        let session = try server.newSession()
        func ask(_ text: String, _ time: Double, redo: Bool = false) throws -> Int {
            try server.post("/sessions/\(session)/questions", ["text": text, "at": time, "redo": redo]).status
        }
        #expect(try [ask("A", 0.1), ask("A", 0.1)] == [201, 200])
        _ = try server.post(picture: try Pictures.webcam(1), to: "/sessions/\(session)/frames?timestamp=2")
        #expect(try ask("A", 3.3, redo: true) == 201)
        _ = try server.post(picture: try Pictures.webcam(2), to: "/sessions/\(session)/frames?timestamp=4")
        // Taken for another redo it would take back the frame of this answer.
        #expect(try ask("A", 3.3, redo: true) == 200)
        #expect(try [ask("A", 5), ask("B", 5)] == [201, 201])
        let record = try SessionRecord(json: try server.get("/sessions/\(session)/session.json").body)
        #expect(record.questions.map(\.start) == [3.3, 5, 5] && record.frames.map(\.timestamp) == [4])
    }

    @Test func aRestingFaceIsTakenOffEveryScore() throws {
        // So long that ThreadSanitizer has the time that it takes.
        let server = try ServerProcess("--deadline", "300")
        let (plain, corrected) = (try server.newSession(), try server.newSession())
        func capture(_ count: Int, _ step: Double, empty: Bool = false) throws -> HTTPReply {
            let frames = try (0..<count).map { number in
                [
                    "timestamp": Double(number) * step,
                    "image": Pictures.base64(try empty ? Pictures.empty() : Pictures.resting(number)),
                ] as [String: Any]
            }
            return try server.post("/sessions/\(corrected)/resting", ["frames": frames])
        }
        let short = try capture(3, 0.5).json
        #expect(short["accepted"] as? Bool == false && short["reason"] is String)
        #expect(try capture(12, 0.5, empty: true).json["accepted"] as? Bool == false)
        let taken = try capture(12, 0.5)
        #expect(taken.json["accepted"] as? Bool == true, "\(taken.text)")
        #expect(taken.json["frame_count"] as? Int == 12)
        for session in [plain, corrected] {
            _ = try server.post(picture: try Pictures.resting(1), to: "/sessions/\(session)/frames?timestamp=1")
        }
        let scores = try [plain, corrected].map { session in
            try SessionRecord(json: try server.get("/sessions/\(session)/session.json").body)
        }
        #expect(scores[0].configuration.restingFace == nil && scores[1].configuration.restingFace != nil)
        #expect(scores[0].frames[0].confidenceScore != scores[1].frames[0].confidenceScore)
        #expect(try server.get("/sessions/\(corrected)").json["has_resting_face"] as? Bool == true)
        #expect(try capture(12, 0.5).code == "session_has_frames")
    }

    @Test func sessionsAreListedInPagesAndDeletedAtOnce() throws {
        let server = try ServerProcess(waitsForModels: false)
        let made = try (0..<7).map { try server.newSession("Session \($0)") }
        var seen: [String] = []
        var after: String? = nil
        repeat {
            let page = try server.get("/sessions?limit=3" + (after.map { "&after=\($0)" } ?? "")).json
            seen += (page["sessions"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? String }
            after = page["next"] as? String
        } while after != nil
        #expect(seen == made.reversed())
        #expect(try server.get("/sessions?limit=0").code == "invalid_parameter")
        #expect(try server.get("/sessions?limit=x").code == "invalid_parameter")
        for wrong in ["0", "-1", "x", UUID().uuidString, "99999999999999999999"] {
            #expect(try server.get("/sessions?after=\(wrong)").code == "invalid_parameter")
        }
        // The page that was seen last is deleted before the next one is asked for.
        let first = try server.get("/sessions?limit=3").json
        for session in made.suffix(3) { #expect(try server.request("DELETE", "/sessions/\(session)").status == 204) }
        let rest = try server.get("/sessions?limit=4&after=\(first["next"] as? String ?? "")").json
        #expect((rest["sessions"] as? [[String: Any]])?.map { $0["id"] as? String } == made.prefix(4).reversed())
        #expect(rest["next"] is NSNull)
        for number in 7..<10 { _ = try server.newSession("Session \(number)") }
        #expect(try server.request("DELETE", "/sessions").json["deleted"] as? Int == 7)
        #expect((try server.get("/sessions").json["sessions"] as? [Any])?.isEmpty == true)
    }

    @Test func sessionsAreComparedWithEachOther() throws {
        let server = try ServerProcess()
        for number in 0..<4 {
            let session = try server.post(
                "/sessions", ["title": "S\(number)", "started_at": "2026-01-0\(number + 1)T09:00:00Z"])
            let id = try #require(session.json["id"] as? String)
            try fill(id, server, frames: 4, step: 2)
        }
        let progress = try server.get("/progress").json
        #expect((progress["sessions"] as? [[String: Any]])?.map { $0["label"] as? String } == ["S0", "S1", "S2", "S3"])
        #expect(["improved", "declined", "no_evidence"].contains(progress["verdict"] as? String))
        #expect(progress["change"] is Double && progress["interval"] is [String: Double])
        #expect(progress["missing_sessions"] as? Int == 0)
        let newest = try #require((try server.get("/sessions?limit=1").json["sessions"] as? [[String: Any]])?.first)
        #expect(newest["confidence_score"] is Double && newest["coverage"] as? Double == 1)
    }

    @Test func limitsOfSessionsAreKept() throws {
        let server = try ServerProcess("--max-sessions", "2", waitsForModels: false)
        let session = try server.newSession()
        _ = try server.newSession()
        #expect(try server.post("/sessions", [:]).code == "too_many_sessions")
        let path = "/sessions/\(session)"
        #expect(try server.post("/sessions", ["title": String(repeating: "a", count: 201)]).code == "invalid_field")
        #expect(try server.post("/sessions", ["title": "cut\0off"]).code == "invalid_field")
        #expect(try server.post("\(path)/questions", ["text": "cut\0off", "at": 0]).code == "invalid_field")
        #expect(try server.post("/sessions", ["started_at": "yesterday"]).code == "invalid_field")
        #expect(try server.post("\(path)/questions", ["text": "", "at": 0]).code == "invalid_field")
        #expect(try server.post("\(path)/questions", ["text": "a", "at": -1]).code == "invalid_field")
        #expect(try server.post("\(path)/questions", ["text": "a"]).code == "missing_field")
        #expect(try server.post("\(path)/frames", ["frames": []]).code == "invalid_field")
        let frame: [String: Any] = ["timestamp": 0, "image": "AAAA"]
        #expect(
            try server.post("\(path)/frames", ["frames": [Any](repeating: frame, count: 65)]).code == "too_many_frames")
        #expect(try server.post(picture: [1], to: "\(path)/frames").code == "missing_field")
        for time in ["-1", "nan", "1e9", "x", ""] {
            #expect(try server.post(picture: [1], to: "\(path)/frames?timestamp=\(time)").code == "invalid_field")
        }
        for id in ["x", "00000000", UUID().uuidString, "..%2f..", "%00"] {
            #expect(try server.get("/sessions/\(id)").status == 404)
            #expect(try server.post(picture: [1], to: "/sessions/\(id)/frames?timestamp=1").status == 404)
        }
    }
}

extension HTTPReply {
    /// `frames` of the reply to frames.
    var frames: [[String: Any]] { json["frames"] as? [[String: Any]] ?? [] }
}

extension [String: Any] {
    /// `skip_reason` of the only frame.
    fileprivate var skip: String? { (self["frames"] as? [[String: Any]])?.first?["skip_reason"] as? String }
}
