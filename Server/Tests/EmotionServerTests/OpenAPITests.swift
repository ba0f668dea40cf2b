import Foundation
import Testing

/// The running service against its own document, by requests that Schemathesis makes up.
struct OpenAPITests {
    /// `Scripts/run-tests.sh` names the program here.
    private static let program = ProcessInfo.processInfo.environment["SCHEMATHESIS"] ?? ""

    @Test(.enabled(if: !program.isEmpty, "SCHEMATHESIS names no program"))
    func everyReplyIsOneThatTheDocumentAllows() throws {
        let server = try ServerProcess("--max-sessions", "1000000")
        let configuration = Pictures.repository.appendingPathComponent("Server/Tests/schemathesis.toml").path
        let run = try Program([
            Self.program, "--config-file", configuration, "run", "http://localhost:\(server.port)/openapi.json",
            "--checks", "all", "--max-examples", "5", "--max-time", "40", "--continue-on-failure", "--seed", "2026",
        ])
        #expect(run.status == 0, "\(String(decoding: run.output, as: UTF8.self).suffix(6_000))")
        #expect(server.isRunning)
        let errors = server.log.filter { $0["level"] as? String == "error" }
        #expect(errors.isEmpty, "\(errors)")
        #expect(try server.post(picture: try Pictures.webcam(), to: "/analyze/facial").status == 200)
    }
}
