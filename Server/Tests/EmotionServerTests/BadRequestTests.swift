import Foundation
import Testing

/// What clients send that are broken, slow or hostile: each gets the right status, and the next good request is served.
struct BadRequestTests {
    /// Numbers that look random and are the same in every run (SplitMix64).
    private struct Random: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var value = state
            value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
            value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
            return value ^ (value >> 31)
        }
    }

    @Test func aThousandMalformedRequestsAreRefusedAndTheNextGoodOneServed() throws {
        let server = try ServerProcess()
        let session = try server.newSession()
        var random = Random(state: 2_026)
        let jpeg = try Pictures.webcam()
        let form = Pictures.form([(#"name="image"; filename="a.jpg""#, jpeg)])
        let json = Array("{\"image\": \"\(Pictures.base64(jpeg))\", \"timestamp\": 1}".utf8)
        let paths = [
            "/analyze/facial", "/analyze/multimodal", "/analyze/text", "/analyze/voice", "/sessions",
            "/sessions/\(session)/frames?timestamp=1", "/sessions/\(session)/questions", "/sessions/\(session)/resting",
            "/v1/sign-in",
        ]
        let types = [
            "application/json", "multipart/form-data; boundary=XyZ", "multipart/form-data", "image/jpeg", "text/plain",
            "",
        ]
        var statuses: [Int: Int] = [:]
        for number in 0..<1_000 {
            var body = [json, form, jpeg, Array("{}".utf8), []].randomElement(using: &random) ?? []
            // Cut, scramble or grow it.
            switch Int.random(in: 0..<4, using: &random) {
            case 0: body = Array(body.prefix(Int.random(in: 0...body.count, using: &random)))
            case 1:
                for _ in 0..<8 where !body.isEmpty {
                    body[Int.random(in: 0..<body.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
                }
            case 2: body = Array(body.prefix(40)) + (0..<200).map { _ in UInt8.random(in: 0...255, using: &random) }
            default: body = Array(repeating: UInt8(ascii: "["), count: 2_000) + body.prefix(100)
            }
            let path = paths[number % paths.count]
            let type = types.randomElement(using: &random) ?? ""
            let reply = try server.request(
                "POST", path, headers: type.isEmpty ? [:] : ["Content-Type": type], body: body)
            statuses[reply.status, default: 0] += 1
            #expect([200, 201, 204, 400, 409, 413, 415, 422, 501].contains(reply.status), "\(path): \(reply.text)")
            if reply.status >= 400 { #expect(reply.code != nil, "\(path): \(reply.text)") }
        }
        #expect(server.isRunning)
        #expect((statuses[400] ?? 0) + (statuses[415] ?? 0) + (statuses[422] ?? 0) > 700, "\(statuses)")
        #expect(try server.post(picture: jpeg, to: "/analyze/facial").status == 200)
    }

    @Test func bytesThatAreNoHTTPAreRefused() throws {
        let server = try ServerProcess(waitsForModels: false)
        let heads = [
            "nonsense\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "\0\0\0\0\r\n\r\n",
            "GET /healthz HTTP/1.1\r\nHost: localhost\r\nbroken\r\n\r\n",
            "POST /sessions HTTP/1.1\r\nHost: localhost\r\nContent-Length: abc\r\n\r\n",
            "POST /sessions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n{}",
            "POST /sessions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
            "GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: " + String(repeating: "a", count: 200_000) + "\r\n\r\n",
        ]
        for head in heads {
            let connection = try RawConnection(port: server.port, timeout: 10)
            connection.send(head)
            connection.finishSending()
            let reply = try #require(connection.reply(), "\(head.prefix(60))")
            let isLong = head.utf8.count > 100_000
            #expect(reply.status == (isLong ? 431 : 400), "\(head.prefix(60))")
            #expect(reply.code == (isLong ? "headers_too_large" : "malformed_request"), "\(reply.text)")
            #expect(reply.headers["x-content-type-options"] == "nosniff")
            #expect(reply.json["request_id"] as? String == reply.headers["x-request-id"])
            #expect(connection.isClosed())
            #expect(try server.get("/healthz").status == 200)
        }
        let lines = server.log.filter { $0["route"] as? String == "none" }
        #expect(lines.count == heads.count)
    }

    @Test func aClientThatWaitsIsAskedForTheBodyOnlyWhereItIsWanted() throws {
        let server = try ServerProcess("--max-body-mib", "1")
        func head(_ path: String, _ length: Int, _ type: String = "image/jpeg") -> String {
            "POST \(path) HTTP/1.1\r\nHost: localhost\r\nContent-Type: \(type)\r\nContent-Length: \(length)\r\n"
                + "Expect: 100-continue\r\n\r\n"
        }
        let picture = try Pictures.webcam()
        let wanted = try RawConnection(port: server.port, timeout: 10)
        wanted.send(head("/analyze/facial", picture.count))
        #expect(wanted.reply(isFinal: false)?.status == 100)
        wanted.send(picture)
        #expect(wanted.reply()?.status == 200)
        for (path, length, type, status) in [
            ("/analyze/facial", 2 << 20, "image/jpeg", 413), ("/analyze/facial", 10, "text/plain", 415),
            ("/nothing", 10, "image/jpeg", 404),
        ] {
            let refused = try RawConnection(port: server.port, timeout: 10)
            refused.send(head(path, length, type))
            #expect(refused.reply(isFinal: false)?.status == status)
        }
    }

    @Test func bodiesBeyondTheLimitAreRefusedBeforeTheyAreRead() throws {
        let server = try ServerProcess("--max-body-mib", "1", waitsForModels: false)
        let announced = try RawConnection(port: server.port)
        announced.send(
            "POST /analyze/facial HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/jpeg\r\n"
                + "Content-Length: 10737418240\r\n\r\n")
        let reply = try #require(announced.reply())
        #expect(reply.status == 413 && reply.code == "body_too_large")
        // Its client goes on sending: the connection is closed.
        while announced.send([UInt8](repeating: 0, count: 1 << 20)) {}
        let chunked = try RawConnection(port: server.port)
        chunked.send(
            "POST /analyze/facial HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/jpeg\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n")
        for _ in 0..<3 {
            chunked.send("80000\r\n")
            chunked.send([UInt8](repeating: 1, count: 0x80000))
            chunked.send("\r\n")
        }
        #expect(chunked.reply()?.code == "body_too_large")
        #expect(try server.get("/healthz").status == 200)
    }

    @Test func slowAndHalfSentBodiesEndInTime() throws {
        let server = try ServerProcess("--body-seconds", "1")
        let head =
            "POST /analyze/facial HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/jpeg\r\nContent-Length: 1000\r\n\r\n"
        let slow = try RawConnection(port: server.port, timeout: 10)
        slow.send(head)
        let begin = Date()
        for _ in 0..<15 {
            slow.send([0xFF])
            usleep(100_000)
        }
        let reply = slow.reply()
        #expect(reply?.status == 408 && reply?.code == "request_timeout")
        #expect(Date().timeIntervalSince(begin) < 8)
        #expect(slow.isClosed())
        // Cut off in the middle: never taken for a whole picture.
        let half = try RawConnection(port: server.port, timeout: 10)
        half.send(Array(head.utf8) + (try Pictures.webcam()).prefix(500))
        half.finishSending()
        let answer = half.reply()
        #expect(answer == nil || answer?.status == 400)
        // Many who connect and say nothing do not keep others out.
        let silent = try (0..<100).map { _ in try RawConnection(port: server.port) }
        #expect(try server.post(picture: try Pictures.webcam(), to: "/analyze/facial").status == 200)
        withExtendedLifetime(silent) {}
    }

    @Test func unknownRoutesAndMethodsAreNamed() throws {
        let server = try ServerProcess(waitsForModels: false)
        #expect(try server.get("/nothing").code == "not_found")
        for (method, path, allowed) in [
            ("GET", "/analyze/facial", "POST"), ("PUT", "/sessions", "GET, HEAD, POST, DELETE"),
            ("POST", "/healthz", "GET, HEAD"), ("OPTIONS", "/sessions", "GET, HEAD, POST, DELETE"),
        ] {
            let reply = try server.request(method, path)
            #expect(reply.status == 405 && reply.code == "method_not_allowed")
            #expect(reply.headers["allow"] == allowed)
        }
        let head = try server.request("HEAD", "/healthz")
        #expect(head.status == 200 && head.body.isEmpty)
        for path in [
            "/../../../etc/passwd", "/..%2f..%2fetc/passwd", "//etc/passwd", "/Public/index.html", "/openapi.json/",
        ] {
            #expect([404, 200, 400].contains(try server.get(path).status))
            #expect(!(try server.get(path).text.contains("root:")))
        }
    }
}
