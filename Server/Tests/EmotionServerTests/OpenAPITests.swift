import Foundation
import Testing

/// `Scripts/run-tests.sh` names the program here.
private let schemathesis = ProcessInfo.processInfo.environment["SCHEMATHESIS"] ?? ""

/// The running service against its own document, by requests that Schemathesis makes up.
@Suite(.enabled(if: !schemathesis.isEmpty, "SCHEMATHESIS names no program"))
struct OpenAPITests {
    private func check(_ server: ServerProcess, examples: Int, seconds: Int, _ options: String...) throws {
        let configuration = Pictures.repository.appendingPathComponent("Server/Tests/schemathesis.toml").path
        let run = try Program(
            [
                schemathesis, "--config-file", configuration, "run", "http://localhost:\(server.port)/openapi.json",
                "--checks", "all", "--max-examples", "\(examples)", "--max-time", "\(seconds)", "--continue-on-failure",
                "--seed",
                "2026",
            ] + options)
        let report = String(decoding: run.output, as: UTF8.self)
        #expect(run.status == 0, "\(report.suffix(6_000))")
        // All operations but the one that gives the document itself, and each of them tested.
        let paths = try #require(try server.get("/openapi.json").json["paths"] as? [String: [String: Any]])
        let count = paths.values.reduce(0) { $0 + $1.keys.count { $0 != "parameters" } } - 1
        #expect(
            report.contains("Selected: \(count)/\(count)") && report.contains("Tested: \(count)"),
            "\(report.suffix(1_500))")
        #expect(server.isRunning)
        let errors = server.log.filter { $0["level"] as? String == "error" }
        #expect(errors.isEmpty, "\(errors)")
    }

    @Test func everyReplyIsOneThatTheDocumentAllows() throws {
        let server = try ServerProcess("--max-sessions", "1000000")
        try check(server, examples: 5, seconds: 40)
        #expect(try server.post(picture: try Pictures.webcam(), to: "/analyze/facial").status == 200)
    }

    /// With 401 and 429 among the replies.
    @Test func soItIsWithAKeyAndARate() throws {
        let key = "correct-horse-battery-staple"
        let server = try ServerProcess("--rate", "10", environment: ["EMOTION_SERVER_API_KEY": key])
        try check(server, examples: 2, seconds: 20, "--header", "Authorization: Bearer \(key)")
        let statuses = Set(server.log.compactMap { $0["status"] as? String })
        #expect(statuses.isSuperset(of: ["401", "429"]), "\(statuses)")
    }
}
