import Foundation
import Testing

/// The requests of the original system's description, section 8, sent with curl as its page and scripts send them.
@Suite(.enabled(if: Program.exists("curl"), "curl is not on the search path"))
struct OriginalExampleTests {
    private static let labels: Set = ["angry", "disgust", "fear", "happy", "sad", "surprise", "neutral"]

    private static func curl(_ arguments: String...) throws -> (status: Int, json: [String: Any]) {
        let folder = try TemporaryFolder()
        let path = try folder.file("reply", [])
        let run = try Program(["curl", "--silent", "--output", path, "--write-out", "%{http_code}"] + arguments)
        let reply = FileManager.default.contents(atPath: path) ?? Data()
        return (
            Int(String(decoding: run.output, as: UTF8.self)) ?? 0,
            (try? JSONSerialization.jsonObject(with: reply)) as? [String: Any] ?? [:]
        )
    }

    @Test func facialAnalysisOfBase64AndOfADataURL() throws {
        let server = try ServerProcess()
        let folder = try TemporaryFolder()
        let base64 = Pictures.base64(try Pictures.webcam())
        for image in [base64, "data:image/jpeg;base64,\(base64)"] {
            let body = try folder.file("body", Array("{\"image\": \"\(image)\"}".utf8))
            let (status, reply) = try Self.curl(
                "-H", "Content-Type: application/json", "--data", "@\(body)",
                "http://localhost:\(server.port)/analyze/facial")
            #expect(status == 200)
            #expect(reply["success"] as? Bool == true)
            #expect(reply["face_detected"] as? Bool == true)
            let emotions = try #require(reply["emotions"] as? [String: Double])
            #expect(Set(emotions.keys) == Self.labels)
            #expect(abs(emotions.values.reduce(0, +) - 1) < 1e-4)
            let dominant = try #require(reply["dominant_emotion"] as? String)
            #expect(emotions.max { $0.value < $1.value }?.key == dominant)
            #expect(reply["confidence"] as? Double == emotions[dominant])
            let box = try #require(reply["face_box"] as? [Int])
            #expect(box.count == 4)
        }
    }

    @Test func facialAnalysisOfAFile() throws {
        let server = try ServerProcess()
        let (status, reply) = try Self.curl(
            "-F", "image=@\(Pictures.astronautPath)", "http://localhost:\(server.port)/analyze/facial")
        #expect(status == 200)
        #expect(reply["dominant_emotion"] as? String == "happy")
        #expect(reply["face_detected"] as? Bool == true)
        let box = try #require(reply["face_box"] as? [Int])
        // Where `emotion analyze` finds the face of this photograph, in whole pixels.
        #expect(zip(box, [181, 62, 87, 110]).allSatisfy { abs($0 - $1) <= 1 })
    }

    @Test func multimodalFormAndFinishedResults() throws {
        let server = try ServerProcess()
        let url = "http://localhost:\(server.port)/analyze/multimodal"
        let folder = try TemporaryFolder()
        let base64 = try folder.file("image.txt", Array(Pictures.base64(try Pictures.webcam()).utf8))
        let (status, reply) = try Self.curl("-F", "image=<\(base64)", "-F", "text=I have 5 years of experience", url)
        #expect(status == 200)
        #expect(reply["success"] as? Bool == true)
        let facial = try #require(reply["facial"] as? [String: Any])
        #expect(Set((facial["emotions"] as? [String: Double] ?? [:]).keys) == Self.labels)
        #expect(reply["voice"] is NSNull)
        let text = try #require(reply["text"] as? [String: Any])
        #expect(text["quality_label"] as? String == "Needs work")
        #expect(reply["unavailable"] as? [String] == [])
        let weights = try #require(reply["weights"] as? [String: Double])
        #expect(abs(try #require(weights["facial"]) - 0.5 / 0.6) < 1e-9)
        #expect(abs(try #require(weights["text"]) - 0.1 / 0.6) < 1e-9)
        #expect(reply["recommendations"] is [String])
        #expect(reply["clarity_score"] as? Double == text["quality_score"] as? Double)
        let score = try #require(reply["confidence_score"] as? Double)
        #expect((0...100).contains(score))
        #expect(reply["engagement_score"] is Double)

        // The documented weights, over all three and over what is there.
        let results =
            #"{"facial": {"emotions": {"neutral": 1}, "face_detected": true}, "voice": {"emotions": {"neutral": 1}},"#
            + #" "text": {"success": true, "quality_score": 40.0, "quality_label": "Fair", "feedback": "…"}}"#
        let body = try folder.file("results", Array(results.utf8))
        let fused = try Self.curl("-H", "Content-Type: application/json", "--data", "@\(body)", url).json
        let neutral = 100 * (0.75 + 0.7) / 1.55
        let expected = ((neutral * 0.9 + 40 * 0.1) * 10).rounded() / 10
        #expect(fused["confidence_score"] as? Double == expected)
        #expect(fused["clarity_score"] as? Double == 40)
        #expect((fused["weights"] as? [String: Double])?["facial"] == 0.5)
        #expect((fused["weights"] as? [String: Double])?["voice"] == 0.4)
        #expect((fused["fused_emotions"] as? [String: Double])?["neutral"] == 1)
    }

    @Test func voiceIsScoredAndMeasured() throws {
        let server = try ServerProcess(waitsForModels: false)
        let voice = Pictures.repository.appendingPathComponent("Tests/VoiceAnalysisTests/Fixtures/voice.wav").path
        let base = "http://localhost:\(server.port)/analyze"
        let (status, reply) = try Self.curl("-F", "audio=@\(voice)", "\(base)/voice")
        #expect(status == 200)
        #expect(reply["success"] as? Bool == true)
        let emotions = try #require(reply["emotions"] as? [String: Double])
        #expect(Set(emotions.keys) == Self.labels)
        #expect(abs(emotions.values.reduce(0, +) - 1) < 1e-4)
        let dominant = try #require(reply["dominant_emotion"] as? String)
        #expect(reply["confidence"] as? Double == emotions[dominant])
        #expect(reply["uncertain"] is Bool && (reply["windows"] as? [Any])?.isEmpty == false)
        let measured = try #require(reply["measurements"] as? [String: Any])
        #expect(try #require(measured["speaking_seconds"] as? Double) > 1)

        let fused = try Self.curl("-F", "audio=@\(voice)", "-F", "text=I led the team of five.", "\(base)/multimodal")
        #expect(fused.status == 200)
        #expect((fused.json["voice"] as? [String: Any])?["dominant_emotion"] as? String == dominant)
        let weights = try #require(fused.json["weights"] as? [String: Double])
        #expect(abs(try #require(weights["voice"]) - 0.8) < 1e-9)
        #expect(fused.json["unavailable"] as? [String] == [])
        let service = try server.get("/v1/service").json
        #expect(service["voice_available"] as? Bool == true && service["text_available"] as? Bool == true)
    }

    @Test(
        .enabled(if: Program.exists("ffmpeg"), "ffmpeg is not on the search path"), arguments: ["m4a", "webm", "mp3"])
    func otherSoundsAreReadThroughFFmpeg(kind: String) throws {
        let server = try ServerProcess(waitsForModels: false)
        let folder = try TemporaryFolder()
        let voice = Pictures.repository.appendingPathComponent("Tests/VoiceAnalysisTests/Fixtures/voice.wav").path
        let sound = folder.path("voice.\(kind)")
        #expect(try Program("ffmpeg", "-nostdin", "-loglevel", "error", "-i", voice, sound).status == 0)
        let (status, reply) = try Self.curl("-F", "audio=@\(sound)", "http://localhost:\(server.port)/analyze/voice")
        #expect(status == 200)
        let measured = try #require(reply["measurements"] as? [String: Any])
        #expect(abs(try #require(measured["duration"] as? Double) - 4) < 0.2)
    }

    @Test func recordingsThatCannotBeJudgedAreRefusedAndTakeNothingElseDown() throws {
        let server = try ServerProcess()
        let base = "http://localhost:\(server.port)/analyze"
        let folder = try TemporaryFolder()
        func wave(_ seconds: Int) -> [UInt8] {
            func word(_ value: Int, _ bytes: Int) -> [UInt8] { (0..<bytes).map { UInt8(value >> (8 * $0) & 255) } }
            let count = 8_000 * seconds
            let format = word(1, 2) + word(1, 2) + word(8_000, 4) + word(8_000, 4) + word(1, 2) + word(8, 2)
            return Array("RIFF".utf8) + word(36 + count, 4) + Array("WAVEfmt ".utf8) + word(16, 4) + format
                + Array("data".utf8) + word(count, 4) + [UInt8](repeating: 128, count: count)
        }
        // A playlist could have other files read, were it opened as one.
        let playlist = Array("#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n".utf8)
        for (bytes, status, code) in [
            (wave(3), 422, "no_speech"), (wave(700), 413, "sound_too_long"),
            (Array(wave(3).prefix(30)), 422, "damaged_sound"),
            (playlist, 422, "unsupported_format"), (try Pictures.webcam(), 422, "unsupported_format"),
            ([], 422, "invalid_field"),
        ] {
            let sound = try folder.file("sound", bytes)
            let reply = try Self.curl("-F", "audio=@\(sound)", "\(base)/voice")
            #expect(reply.status == status && reply.json["code"] as? String == code, "\(code): \(reply)")
        }
        let silent = try folder.file("silent.wav", wave(3))
        let (status, reply) = try Self.curl(
            "-F", "audio=@\(silent)", "-F", "image=@\(Pictures.astronautPath)", "\(base)/multimodal")
        #expect(status == 200)
        #expect(reply["voice"] is NSNull && reply["unavailable"] as? [String] == ["voice"])
    }

    @Test func textIsScoredAndQuoted() throws {
        let server = try ServerProcess(waitsForModels: false)
        let url = "http://localhost:\(server.port)/analyze/text"
        let (status, reply) = try Self.curl(
            "-H", "Content-Type: application/json", "--data", #"{"text": "I have 5 years of experience..."}"#, url)
        #expect(status == 200)
        #expect(reply["success"] as? Bool == true)
        let score = try #require(reply["quality_score"] as? Double)
        #expect((1..<45).contains(score))
        #expect(reply["quality_label"] as? String == "Needs work")
        #expect((reply["feedback"] as? String)?.contains("Try: ") == true)

        let answer =
            "Last spring our checkout was failing for two percent of the customers. I was asked to find out why. I "
            + "traced 300 failed payments, found a race in the retry code, and rewrote it in Go within nine days. "
            + "Failures fell from 2 % to 0.1 %, and I now keep a test that replays them."
        let body = try JSONSerialization.data(
            withJSONObject: ["text": answer, "question": "Tell me about a failing system that you repaired."])
        let better = try Self.curl(
            "-H", "Content-Type: application/json", "--data", String(decoding: body, as: UTF8.self), url
        ).json
        #expect(try #require(better["quality_score"] as? Double) > score + 30)
        let criteria = try #require(better["criteria"] as? [[String: Any]])
        #expect(criteria.map { $0["criterion"] as? String }.contains("relevance"))
        for evidence in criteria.flatMap({ $0["evidence"] as? [[String: Any]] ?? [] }) {
            let (start, end) = (try #require(evidence["start"] as? Int), try #require(evidence["end"] as? Int))
            #expect(String(Array(answer)[start..<end]) == evidence["words"] as? String)
        }
    }

    @Test func textsThatCannotBeJudgedAreRefusedAndTakeNothingElseDown() throws {
        let server = try ServerProcess()
        let base = "http://localhost:\(server.port)/analyze"
        let german = "Ich habe die Aufgabe mit meinem Team geplant und wir haben sie in drei Wochen gelöst."
        for (text, code) in [(german, "language_not_supported"), ("...", "invalid_field"), ("", "invalid_field")] {
            let body = try JSONSerialization.data(withJSONObject: ["text": text])
            let (status, reply) = try Self.curl(
                "-H", "Content-Type: application/json", "--data", String(decoding: body, as: UTF8.self), "\(base)/text")
            #expect(status == 422)
            #expect(reply["code"] as? String == code)
            #expect(reply["field"] as? String == "text")
        }
        let alone = try Self.curl("-F", "text=\(german)", "\(base)/multimodal")
        #expect(alone.status == 422)
        let (status, reply) = try Self.curl(
            "-F", "text=\(german)", "-F", "image=@\(Pictures.astronautPath)", "\(base)/multimodal")
        #expect(status == 200)
        #expect(reply["text"] is NSNull)
        #expect(reply["unavailable"] as? [String] == ["text"])
        #expect((reply["facial"] as? [String: Any])?["dominant_emotion"] as? String == "happy")
    }

    @Test func tenConcurrentRequestsAllSucceed() throws {
        let server = try ServerProcess()
        let pictures = try (0..<10).map(Pictures.webcam)
        let statuses = Concurrently.map(10) { index in
            (try? server.post(picture: pictures[index], to: "/analyze/facial").status) ?? 0
        }
        #expect(statuses == [Int](repeating: 200, count: 10))
    }
}

/// Calls at one time, each on a thread of its own.
enum Concurrently {
    static func map<Value: Sendable>(_ count: Int, _ body: @escaping @Sendable (Int) -> Value) -> [Value] {
        let results = Locked([Int: Value]())
        let threads = (0..<count).map { index in
            Thread {
                let value = body(index)
                results.with { $0[index] = value }
            }
        }
        for thread in threads { thread.start() }
        for thread in threads { while !thread.isFinished { usleep(2_000) } }
        return results.with { values in (0..<count).compactMap { values[$0] } }
    }
}

/// A value that threads share.
final class Locked<Value>: @unchecked Sendable {
    private let lock = NSLock()
    private var value: Value

    init(_ value: Value) { self.value = value }

    @discardableResult
    func with<Result>(_ body: (inout Value) -> Result) -> Result {
        lock.lock()
        defer { lock.unlock() }
        return body(&value)
    }
}
