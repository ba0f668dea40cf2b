import Foundation
import Testing

/// Clients that hold what others need: connections, and memory for bodies.
struct ConnectionTests {
    private let key = "correct-horse-battery-staple"

    @Test func clientsThatSayNothingOrReadNothingDoNotKeepOthersOut() throws {
        let server = try ServerProcess("--connections", "8", "--idle-seconds", "1")
        func isServedSoon() throws -> Bool {
            let begin = Date()
            return try server.get("/healthz").status == 200 && Date().timeIntervalSince(begin) < 10
        }
        let silent = try (0..<8).map { _ in try RawConnection(port: server.port) }
        #expect(try isServedSoon())
        // Each asks for 40 MB of replies, far more than the system keeps for it, and reads nothing.
        let request = "GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n"
        let deaf = try (0..<8).map { _ in try RawConnection(port: server.port) }
        for connection in deaf { connection.send(String(repeating: request, count: 400)) }
        usleep(300_000)
        #expect(try isServedSoon())
        #expect(try server.post(picture: try Pictures.webcam(), to: "/analyze/facial").status == 200)
        withExtendedLifetime((silent, deaf)) {}
    }

    @Test func theRestOfABodyThatNobodyWantsIsNotReadForLong() throws {
        let server = try ServerProcess(
            "--allow-host", "localhost", "--rate", "30", environment: ["EMOTION_SERVER_API_KEY": key])
        let session = try server.newSession(headers: ["Authorization": "Bearer \(key)"])
        struct Case {
            var request: String
            var status: Int
            var headers = ["Content-Type: application/json"]
            var isKnown = true
            var host = "localhost"
        }
        let cases = [
            Case(request: "POST /sessions", status: 401, isKnown: false),
            Case(request: "POST /sessions", status: 403, host: "attacker.example"),
            Case(request: "POST /sessions", status: 403, headers: ["Origin: https://attacker.example"]),
            Case(request: "POST /nothing", status: 404), Case(request: "PUT /sessions", status: 405),
            Case(request: "POST /analyze/facial", status: 415, headers: ["Content-Type: text/plain"]),
            Case(request: "POST /sessions/no-id/questions", status: 404),
            Case(request: "POST /sessions/\(session)/frames", status: 413),
            Case(request: "GET /healthz", status: 200),
        ]
        let port = server.port
        let authorization = "Authorization: Bearer \(key)"
        let found = Concurrently.map(cases.count) { index -> String in
            let one = cases[index]
            guard let connection = try? RawConnection(port: port, timeout: 10) else { return "no connection" }
            let headers = one.headers + ["Host: \(one.host)"] + (one.isKnown ? [authorization] : [])
            connection.send(
                "\(one.request) HTTP/1.1\r\n\(headers.joined(separator: "\r\n"))\r\nContent-Length: 10737418240\r\n\r\n"
            )
            guard let reply = connection.reply() else { return "no reply" }
            let begin = Date()
            while Date().timeIntervalSince(begin) < 8 {
                guard connection.send([UInt8](repeating: 0, count: 16_384)) else {
                    return "\(reply.status) \(reply.headers["connection"] ?? "")"
                }
                usleep(10_000)
            }
            return "\(reply.status), and its body is read on"
        }
        #expect(found == cases.map { "\($0.status) close" })
        // Beyond the rate as well, chunked, and only then are others told to stay.
        var refused: HTTPReply?
        for _ in 0..<200 where refused == nil {
            let connection = try RawConnection(port: port)
            connection.send(
                "POST /sessions HTTP/1.1\r\nHost: localhost\r\n\(authorization)\r\nContent-Type: text/plain\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n")
            refused = connection.reply().flatMap { $0.status == 429 ? $0 : nil }
        }
        #expect(refused?.headers["connection"] == "close")
        sleep(2)
        let kept = try RawConnection(port: port)
        for _ in 0..<2 {
            kept.send("POST /sessions HTTP/1.1\r\nHost: localhost\r\n\(authorization)\r\nContent-Length: 0\r\n\r\n")
            let reply = kept.reply()
            #expect(reply?.status == 201 && reply?.headers["connection"] == nil)
        }
    }

    @Test func onlyPicturesMayBeLarge() throws {
        let server = try ServerProcess()
        let session = try server.newSession()
        let large = String(repeating: "a", count: 300_000)
        for path in ["/analyze/text", "/sessions", "/sessions/\(session)/questions"] {
            let reply = try server.post(path, ["text": large, "title": large])
            #expect(reply.status == 413 && reply.code == "body_too_large", "\(path): \(reply.text)")
        }
        #expect(
            try server.post("/v1/sign-in", ["api_key": String(repeating: "a", count: 5_000)]).code == "body_too_large")
        // The longest text with every character escaped still fits.
        let text = String(repeating: "\\ud83d\\ude00", count: 19_998) + " I"
        let question = String(repeating: "\\ud83d\\ude00", count: 500)
        let body = Array(#"{"text": "\#(text)", "question": "\#(question)"}"#.utf8)
        let fits = try server.request(
            "POST", "/analyze/text", headers: ["Content-Type": "application/json"], body: body)
        #expect([200, 422].contains(fits.status), "\(fits.text)")
        for path in ["/analyze/facial", "/sessions/\(session)/frames", "/analyze/multimodal"] {
            #expect(try server.post(path, ["image": large, "timestamp": 1] as [String: Any]).status == 422)
        }
    }

    /// A picture that is `count` bytes longer by comments.
    private func padded(_ picture: [UInt8], by count: Int) -> [UInt8] {
        let comment: [UInt8] = [0xFF, 0xFE, 0xFF, 0xFF] + [UInt8](repeating: 0x20, count: 65_533)
        return Array(picture.prefix(2)) + (0..<count / comment.count).flatMap { _ in comment } + picture.dropFirst(2)
    }

    @Test func whatIsDecodedFromABodyCountsUntilItWasLookedAt() throws {
        let server = try ServerProcess("--max-body-mib", "1", "--max-held-mib", "1", "--batch", "1")
        let picture = padded(try Pictures.webcam(), by: 600_000)
        let session = try server.newSession()
        // As base64 the body fits, but not together with the picture that is in it.
        let image = ["image": Pictures.base64(picture)]
        let frames = ["frames": [["timestamp": 1, "image": Pictures.base64(picture)]]]
        let bodies: [(path: String, body: [String: Any])] = [
            ("/analyze/facial", image), ("/analyze/multimodal", image), ("/sessions/\(session)/frames", frames),
            ("/sessions/\(session)/resting", frames),
        ]
        for (path, body) in bodies {
            let reply = try server.post(path, body)
            #expect(reply.status == 503 && reply.code == "busy" && reply.headers["retry-after"] == "1", "\(path)")
        }
        // As it is it does, and a second one does not for as long as the first is looked at.
        let replies = Concurrently.map(8) { _ in try? server.post(picture: picture, to: "/analyze/facial") }
        let statuses = Set(replies.map { $0?.status ?? 0 })
        #expect(statuses == [200, 503], "\(statuses)")
        #expect(replies.compactMap(\.self).allSatisfy { $0.status == 200 || $0.headers["connection"] == "close" })
        #expect(try server.post(picture: picture, to: "/analyze/facial").status == 200)
        #expect(try server.post(picture: picture, to: "/sessions/\(session)/frames?timestamp=1").status == 200)
        let wrong = try Program(ServerProcess.executable.path, "--max-body-mib", "16", "--max-held-mib", "8")
        #expect(wrong.status == 64 && wrong.messages.contains("--max-held-mib"))
    }
}
