import Foundation
import Testing

/// Who may use the service, from where, and how often.
struct SafetyTests {
    private let key = "correct-horse-battery-staple"

    @Test func withoutAKeyOnlyThisMachineIsListenedTo() throws {
        for host in ["0.0.0.0", "192.0.2.1", "::", "127.0.0.1.example.org"] {
            let run = try Program(ServerProcess.executable.path, "--port", "0", "--host", host)
            #expect(run.status == 64)
            #expect(run.messages.contains("needs a key"))
        }
        let short = try Program(
            [ServerProcess.executable.path, "--port", "0", "--host", "0.0.0.0"],
            environment: ["EMOTION_SERVER_API_KEY": "short"])
        #expect(short.status == 64 && short.messages.contains("16 to 512"))
        let server = try ServerProcess(
            "--host", "0.0.0.0", environment: ["EMOTION_SERVER_API_KEY": key], waitsForModels: false)
        #expect(try server.get("/sessions").code == "unauthorized")
    }

    @Test func keysLetTheirOwnersInAndNobodyElse() throws {
        let folder = try TemporaryFolder()
        let keys = try folder.file("keys", Array("# owners\nann \(key)\nben another-key-of-ben-0123\n".utf8))
        let server = try ServerProcess("--api-keys", keys, waitsForModels: false)
        let ann = ["Authorization": "Bearer \(key)"]
        let ben = ["Authorization": "Bearer another-key-of-ben-0123"]
        for headers in [[:], ["Authorization": "Bearer \(key)x"], ["Authorization": key], ["Cookie": "emotion_key=x"]] {
            let reply = try server.get("/sessions", headers: headers)
            #expect(reply.status == 401 && reply.code == "unauthorized")
            #expect(reply.headers["www-authenticate"] != nil)
        }
        let session = try server.newSession(headers: ann)
        #expect(try server.get("/sessions/\(session)", headers: ann).status == 200)
        #expect(try server.get("/sessions/\(session)", headers: ben).code == "session_not_found")
        #expect(try server.request("DELETE", "/sessions/\(session)", headers: ben).code == "session_not_found")
        #expect(try server.request("DELETE", "/sessions", headers: ben).json["deleted"] as? Int == 0)
        #expect((try server.get("/sessions", headers: ben).json["sessions"] as? [Any])?.isEmpty == true)
        for path in ["/healthz", "/v1/service", "/openapi.json"] { #expect(try server.get(path).status == 200) }
        #expect(try server.get("/metrics").status == 401)

        // The page signs in and gets a cookie that scripts cannot read.
        #expect(try server.post("/v1/sign-in", ["api_key": "wrong"]).code == "unauthorized")
        let signIn = try server.post("/v1/sign-in", ["api_key": key], headers: ["X-Forwarded-Proto": "https"])
        let cookie = try #require(signIn.headers["set-cookie"])
        for part in ["HttpOnly", "SameSite=Strict", "Secure", "Path=/"] { #expect(cookie.contains(part)) }
        let cookieHeader = ["Cookie": String(cookie.prefix { $0 != ";" })]
        #expect(try server.get("/sessions", headers: cookieHeader).status == 200)
        #expect(try server.get("/v1/service", headers: cookieHeader).json["signed_in"] as? Bool == true)
        #expect(try server.get("/v1/service").json["signed_in"] as? Bool == false)
    }

    @Test func pagesOfOtherSitesAreKeptOut() throws {
        let server = try ServerProcess("--allow-origin", "https://practice.example.org", waitsForModels: false)
        // A name of a foreign host that was made to point to this machine.
        for host in [
            "attacker.example", "localhost.attacker.example", "localhost:1@attacker.example", "[::1].example", "",
        ] {
            #expect(try server.request("GET", "/sessions", host: host).code == "host_not_allowed", "\(host)")
        }
        for host in ["127.0.0.1:\(server.port)", "LOCALHOST", "[::1]:80", "[::1]"] {
            #expect(try server.request("GET", "/sessions", host: host).status == 200, "\(host)")
        }
        for origin in ["https://attacker.example", "null", "http://localhost.attacker.example", "http://localhost:1"] {
            let reply = try server.post("/sessions", [:], headers: ["Origin": origin])
            #expect(reply.status == 403 && reply.code == "origin_not_allowed")
            #expect(reply.headers["access-control-allow-origin"] == nil)
        }
        #expect(try server.post("/sessions", [:], headers: ["Origin": "http://localhost"]).status == 201)
        let allowed = ["Origin": "https://practice.example.org"]
        let reply = try server.post("/sessions", [:], headers: allowed)
        #expect(reply.status == 201)
        #expect(reply.headers["access-control-allow-origin"] == "https://practice.example.org")
        let preflight = try server.request(
            "OPTIONS", "/sessions", headers: allowed.merging(["Access-Control-Request-Method": "POST"]) { $1 })
        #expect(
            preflight.status == 204 && preflight.headers["access-control-allow-methods"]?.contains("DELETE") == true)
        let foreign = try server.request(
            "OPTIONS", "/sessions",
            headers: ["Origin": "https://attacker.example", "Access-Control-Request-Method": "POST"])
        #expect(foreign.status == 403)
    }

    @Test func furtherNamesTakeNoneAway() throws {
        let server = try ServerProcess(
            "--allow-host", "practice.example.org", environment: ["EMOTION_SERVER_API_KEY": key], waitsForModels: false)
        let headers = ["Authorization": "Bearer \(key)"]
        for host in ["practice.example.org", "127.0.0.1:\(server.port)", "localhost", "[::1]"] {
            #expect(try server.request("GET", "/sessions", headers: headers, host: host).status == 200, "\(host)")
        }
        let foreign = try server.request("GET", "/sessions", headers: headers, host: "attacker.example")
        #expect(foreign.code == "host_not_allowed")
        // What the container's health check asks.
        #expect(try server.request("GET", "/readyz", host: "127.0.0.1:\(server.port)").status != 403)
    }

    @Test func aKeyMayAskOnlySoOften() throws {
        let server = try ServerProcess(
            "--rate", "5", environment: ["EMOTION_SERVER_API_KEY": key], waitsForModels: false)
        let headers = ["Authorization": "Bearer \(key)"]
        let replies = try (0..<30).map { _ in try server.get("/sessions", headers: headers) }
        #expect(replies[..<10].allSatisfy { $0.status == 200 })
        let refused = replies.filter { $0.status == 429 }
        #expect(!refused.isEmpty)
        #expect(
            refused.allSatisfy { $0.code == "rate_limited" && $0.headers["retry-after"].flatMap { Int($0) } ?? 0 >= 1 })
        // The page's files come all at once, and to whoever has no key as often as they like.
        #expect(try (0..<30).allSatisfy { _ in try server.get("/app.js", headers: headers).status == 200 })
        sleep(1)
        #expect(try server.get("/sessions", headers: headers).status == 200)
        // Whoever guesses keys is slowed down too.
        let guesses = try (0..<40).map {
            try server.get("/sessions", headers: ["Authorization": "Bearer guess\($0)"]).status
        }
        #expect(guesses.contains(401) && guesses.contains(429) && !guesses.contains(200))
    }

    @Test func whoTriesKeysAtTheSignInIsSlowedDownWhetherTheyAreRightOrWrong() throws {
        let server = try ServerProcess(environment: ["EMOTION_SERVER_API_KEY": key], waitsForModels: false)
        let guesses = try (0..<30).map { try server.post("/v1/sign-in", ["api_key": "guess\($0)"]) }
        #expect(guesses[..<20].allSatisfy { $0.status == 401 } && guesses.last?.code == "rate_limited")
        #expect(guesses.last?.headers["retry-after"] == "1")
        // Before anything of the body has come, and the right key as well.
        let early = try RawConnection(port: server.port, timeout: 5)
        early.send(
            "POST /v1/sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n"
        )
        #expect(early.reply()?.status == 429)
        let right = try (0..<5).map { _ in try server.post("/v1/sign-in", ["api_key": key]).status }
        #expect(right.contains(429))
        // Whoever has the key needs no sign-in, and is not held up.
        let headers = ["Authorization": "Bearer \(key)"]
        #expect(try (0..<40).allSatisfy { _ in try server.get("/sessions", headers: headers).status == 200 })
        sleep(1)
        #expect(try server.post("/v1/sign-in", ["api_key": key]).status == 204)
    }

    @Test func theLogHoldsNothingOfAnybody() throws {
        let server = try ServerProcess(environment: ["EMOTION_SERVER_API_KEY": key])
        let headers = ["Authorization": "Bearer \(key)"]
        let session = try server.newSession("Secret title", headers: headers)
        _ = try server.post(
            picture: try Pictures.webcam(), to: "/sessions/\(session)/frames?timestamp=1", headers: headers)
        _ = try server.post("/sessions/\(session)/questions", ["text": "Secret question", "at": 2], headers: headers)
        _ = try server.post("/analyze/facial", ["image": "secret"], headers: headers)
        _ = server.stop()
        let text = server.logText
        for secret in ["Secret", "secret", session, session.uppercased(), key, "happy"] {
            #expect(!text.contains(secret), "\(secret)")
        }
        let lines = server.log
        #expect(lines.count == text.split(separator: "\n").count)
        let requests = lines.filter { $0["message"] as? String == "request" }
        #expect(
            requests.contains { $0["route"] as? String == "/sessions/{id}/frames" && $0["status"] as? String == "200" })
        #expect(requests.allSatisfy { !"\($0)".contains("127.0.0.1") })
        #expect(requests.allSatisfy { $0["request_id"] is String && $0["ms"] is String })
    }

    @Test func settingsComeFromOptionsEnvironmentAndFile() throws {
        let folder = try TemporaryFolder()
        let file = try folder.file(
            "service.conf", Array("# settings\nEMOTION_SERVER_RETENTION_DAYS=7\nEMOTION_SERVER_MAX_BODY_MIB=3\n".utf8))
        let server = try ServerProcess(
            "--config", file, "--max-sessions", "5", environment: ["EMOTION_SERVER_RETENTION_DAYS": "9"],
            waitsForModels: false)
        let service = try server.get("/v1/service").json
        #expect(service["retention_days"] as? Double == 9)
        let limits = try #require(service["limits"] as? [String: Int])
        #expect(limits["body_bytes"] == 3 << 20 && limits["sessions"] == 5)
        let listening = try #require(server.log.first { $0["message"] as? String == "listening" })
        #expect(listening["url"] as? String == "http://localhost:\(server.port)/")
        #expect(listening["database"] as? String == "SQLite, \(server.folder.path("sessions.sqlite"))")
        for arguments in [["--port", "70000"], ["--config", "/nothing"], ["--batch", "0"], ["--log-level", "loud"]] {
            #expect(try Program([ServerProcess.executable.path] + arguments).status == 64)
        }
    }

    /// What the program says of settings that it refuses.
    private func refusal(
        _ arguments: [String], environment: [String: String] = [:]
    ) throws -> String {
        let run = try Program([ServerProcess.executable.path, "--port", "0"] + arguments, environment: environment)
        #expect(run.status == 64)
        return run.messages
    }

    @Test func theFileOfSettingsTakesEverySettingAndNothingElse() throws {
        let folder = try TemporaryFolder()
        let help = String(decoding: try Program(ServerProcess.executable.path, "--help").output, as: UTF8.self)
        let options = help.matches(of: /\n  --([a-z-]+)/).map { String($0.output.1) }
        let names = options.filter { !["help", "version", "config"].contains($0) }
        #expect(names.count > 15 && names.contains("idle-seconds"))
        let lines = names.map { "EMOTION_SERVER_\($0.uppercased().replacingOccurrences(of: "-", with: "_"))=" }
        let all = try folder.file("all.conf", Array(lines.joined(separator: "\n").utf8))
        #expect(try ServerProcess("--config", all, waitsForModels: false).get("/healthz").status == 200)
        let misspelt = try folder.file("misspelt.conf", Array("EMOTION_SERVER_RETENTION=7\n".utf8))
        #expect(try refusal(["--config", misspelt]).contains("EMOTION_SERVER_RETENTION"))
        // A key would have no effect there, and whoever wrote it would think that the service is guarded.
        let keyed = try folder.file("keyed.conf", Array("EMOTION_SERVER_API_KEY=\(key)\n".utf8))
        let words = try refusal(["--config", keyed])
        #expect(words.contains("--api-keys") && !words.contains(key))
    }

    @Test func ownersAreNotMergedByMistake() throws {
        let folder = try TemporaryFolder()
        let twins = try folder.file("twins", Array("ann \(key)\nben \(key)\n".utf8))
        #expect(try refusal(["--api-keys", twins]).contains("ann and ben have the same key"))
        let keys = try folder.file("keys", Array("default \(key)\nlocal another-key-of-local-01\n".utf8))
        let variable = "EMOTION_SERVER_API_KEY"
        #expect(
            try refusal(["--api-keys", keys], environment: [variable: "a-third-key-of-default"]).contains("named twice")
        )
        let one = try folder.file("one", Array("ann \(key)\n".utf8))
        #expect(
            try refusal(["--api-keys", one], environment: [variable: key]).contains("ann and default have the same key")
        )
        // Sessions from before there was a key belong to `local`, who can have one.
        let server = try ServerProcess(folder: folder, waitsForModels: false)
        let session = try server.newSession()
        server.stop()
        let guarded = try ServerProcess("--api-keys", keys, folder: folder, waitsForModels: false)
        let path = "/sessions/\(session)"
        #expect(
            try guarded.get(path, headers: ["Authorization": "Bearer another-key-of-local-01"]).status == 200)
        #expect(try guarded.get(path, headers: ["Authorization": "Bearer \(key)"]).status == 404)
    }
}
