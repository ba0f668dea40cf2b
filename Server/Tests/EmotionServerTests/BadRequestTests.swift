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

    /// What is sent, before it is made worse.
    private enum Content: CaseIterable { case json, form, picture, object, nothing }

    /// What is done to it.
    private enum Change: CaseIterable { case cut, scrambled, replaced, bracketed }

    /// Whether it is JSON at all.
    private struct AnyJSON: Decodable {
        let isObject: Bool
        let hasImage: Bool
        /// Whether what stands there is no text: texts are only looked at when they are read.
        let hasDamagedImage: Bool

        private enum Keys: String, CodingKey { case image }

        init(from decoder: any Decoder) throws {
            let object = try? decoder.container(keyedBy: Keys.self)
            isObject = object != nil
            do {
                hasImage = try object?.decodeIfPresent(String.self, forKey: .image) != nil
                hasDamagedImage = false
            } catch {
                hasImage = false
                if case DecodingError.dataCorrupted = error { hasDamagedImage = true } else { hasDamagedImage = false }
            }
        }
    }

    /// The statuses that a request may get, by its route, its type and what became of its body.
    private static func expected(
        _ path: String, _ type: String, _ body: [UInt8], _ content: Content, _ change: Change
    ) -> Set<Int> {
        let isAnalysis = path.hasPrefix("/analyze/")
        let isForFrames = path.contains("/frames")
        let takesPictures = path == "/analyze/facial" || isForFrames
        let takesForms = takesPictures || path == "/analyze/multimodal" || path == "/analyze/voice"
        let takesJSON = path != "/analyze/voice"
        // A session may begin without a body, whatever it is called.
        if path == "/sessions", body.isEmpty { return [201] }
        switch type {
        case "application/json":
            guard takesJSON else { return [415] }
            if path == "/v1/sign-in", body.count > 4_096 { return [413] }
            guard let json = try? JSONDecoder().decode(AnyJSON.self, from: Data(body)) else { return [400] }
            if path == "/sessions" { return json.isObject ? [201] : [422] }
            let readsPictures = takesPictures || path == "/analyze/multimodal"
            if readsPictures, json.hasDamagedImage { return isForFrames ? [400, 422] : [400] }
            // With a few wrong characters it may still be the base64 of a picture, or be no text.
            guard json.hasImage, readsPictures else {
                return readsPictures && change == .scrambled ? [400, 422] : [422]
            }
            // The time may be one of the wrong characters, too.
            return isForFrames && change == .scrambled ? [200, 409, 413, 422] : [200, 413, 422]
        case "multipart/form-data; boundary=XyZ":
            guard takesForms else { return [415] }
            guard content == .form else { return [400] }
            switch change {
            case .replaced, .bracketed: return [400]
            case .cut where !Self.isWholeForm(body): return [400]
            // Whole: for voices the wrong part, for a session without its time.
            case .cut: return isAnalysis && path != "/analyze/voice" ? [200] : [422]
            case .scrambled: return isAnalysis && path != "/analyze/voice" ? [200, 400, 413, 422] : [400, 422]
            }
        case "multipart/form-data": return takesForms ? [400] : [415]
        case "image/jpeg":
            guard takesPictures else { return [415] }
            // Times rise here, so that no frame is known already.
            return content == .picture && (change == .cut || change == .scrambled) ? [200, 413, 422] : [413, 422]
        default: return [415]
        }
    }

    private static func isWholeForm(_ body: [UInt8]) -> Bool {
        Data(body).range(of: Data("\r\n--XyZ--".utf8)) != nil
    }

    @Test func aThousandMalformedRequestsAreRefusedAndTheNextGoodOneServed() throws {
        let server = try ServerProcess()
        let session = try server.newSession()
        var random = Random(state: 2_026)
        let jpeg = try Pictures.webcam()
        let form = Pictures.form([(#"name="image"; filename="a.jpg""#, jpeg)])
        let paths = [
            "/analyze/facial", "/analyze/multimodal", "/analyze/text", "/analyze/voice", "/sessions",
            "/sessions/\(session)/frames?timestamp=", "/sessions/\(session)/questions", "/sessions/\(session)/resting",
            "/v1/sign-in",
        ]
        let types = [
            "application/json", "multipart/form-data; boundary=XyZ", "multipart/form-data", "image/jpeg", "text/plain",
            "",
        ]
        var statuses: [Int: Int] = [:]
        for number in 0..<1_000 {
            let content = Content.allCases.randomElement(using: &random) ?? .nothing
            let change = Change.allCases.randomElement(using: &random) ?? .cut
            var body: [UInt8] =
                switch content {
                case .json: Array("{\"image\": \"\(Pictures.base64(jpeg))\", \"timestamp\": \(number)}".utf8)
                case .form: form
                case .picture: jpeg
                case .object: Array("{}".utf8)
                case .nothing: []
                }
            switch change {
            case .cut: body = Array(body.prefix(Int.random(in: 0...body.count, using: &random)))
            case .scrambled:
                for _ in 0..<8 where !body.isEmpty {
                    body[Int.random(in: 0..<body.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
                }
            case .replaced:
                body = Array(body.prefix(40)) + (0..<200).map { _ in UInt8.random(in: 0...255, using: &random) }
            case .bracketed: body = Array(repeating: UInt8(ascii: "["), count: 2_000) + body.prefix(100)
            }
            var path = paths[number % paths.count]
            if path.hasSuffix("=") { path += "\(number)" }
            let type = types.randomElement(using: &random) ?? ""
            let reply = try server.request(
                "POST", path, headers: type.isEmpty ? [:] : ["Content-Type": type], body: body)
            statuses[reply.status, default: 0] += 1
            let expected = Self.expected(path, type, body, content, change)
            #expect(
                expected.contains(reply.status),
                "\(number): \(path), \(type), \(content) \(change): \(reply.status), not \(expected): \(reply.text.prefix(200))"
            )
            if reply.status >= 400 { #expect(reply.code != nil, "\(path): \(reply.text)") }
        }
        #expect(server.isRunning)
        for status in [400, 415, 422] { #expect(statuses[status] ?? 0 > 50, "\(statuses)") }
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
