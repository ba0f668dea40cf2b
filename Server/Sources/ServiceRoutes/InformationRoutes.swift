import EmotionDetection
import HTTPTypes
import Hummingbird
import ImageCodecs
import InferenceQueue
import PracticeSessions
import PrometheusMetrics
import ReplyJSON
import SessionStore
import VoiceQueue

// What the service says of itself.

extension ServiceRoutes {
    /// What the service calls itself; `emotion`'s own release.
    public static let release = "0.1.0"

    /// A frame every two seconds covers a session fully.
    private static let frameInterval = 2.0

    var serviceRoutes: [ServiceRoute] {
        [
            ServiceRoute("/healthz", [.get: { _, _ in Self.json(["status": "ok"]) }]),
            ServiceRoute("/readyz", [.get: { _, _ in try await ready() }]),
            ServiceRoute("/v1/models", [.get: { _, _ in try models() }]),
            ServiceRoute("/v1/service", [.get: { _, context in about(context) }]),
            ServiceRoute("/v1/sign-in", [.post: { try await signIn($0, $1) }, .delete: { _, _ in Self.signOut() }]),
            ServiceRoute("/openapi.json", [.get: { _, _ in Self.bytes(openAPI, type: "application/json") }]),
            ServiceRoute(
                "/metrics",
                [
                    .get: { _, _ in
                        Self.bytes(Array(metrics.text.utf8), type: "text/plain; version=0.0.4; charset=utf-8")
                    }
                ]),
        ]
    }

    private func checkedModels() throws(Problem) -> ModelReport {
        guard let report = readiness.report else {
            throw Problem(.notReady, "The models are still being checked.", retryAfterSeconds: 1)
        }
        return report
    }

    private func ready() async throws -> Response {
        let report = try checkedModels()
        guard report.passed else {
            let failed = report.checks.filter { $0.failure != nil }.map(\.name).joined(separator: ", ")
            throw Problem(.notReady, "These checks failed: \(failed).", retryAfterSeconds: 30)
        }
        try await readiness.checkStorage { try await store.check() }
        let names = report.checks.map(\.name) + ["storage"]
        return Self.json([
            "status": "ready", "checks": .array(names.map { ["check": .string($0), "result": "ok"] }),
        ])
    }

    /// The weight files as they were when they were last checked.
    private func models() throws(Problem) -> Response {
        let models = try checkedModels().files.map { file -> JSONValue in
            let facts = (file.description?.metadata ?? [:]).sorted { $0.key < $1.key }
            return [
                "file": .string(file.name), "name": .text(file.description?.name),
                "version": .text(file.description?.version), "sha256": .text(file.description?.sha256),
                "status": file.isMissing ? "missing" : file.description == nil ? "failed" : "ok",
                "metadata": .object(facts.map { .init($0.key, .string($0.value)) }),
            ]
        }
        return Self.json(["models": .array(models)])
    }

    private func about(_ context: ServiceContext) -> Response {
        typealias Fields = ServiceSettings.Fields
        return Self.json([
            "name": "emotion-server", "version": .string(Self.release),
            "api_key_required": .boolean(!settings.keys.isEmpty), "signed_in": .boolean(context.isSignedIn),
            "retention_days": settings.retentionSeconds.map { .number($0 / 86_400) } ?? .null,
            "pictures_stored": false, "voice_available": .boolean(voices.isAvailable), "text_available": true,
            "suggested_frame_interval_seconds": .number(Self.frameInterval),
            "limits": [
                "body_bytes": .integer(settings.bodyBytes),
                "picture_pixels": .integer(queue.limits.decoding.maximumStoredPixels),
                "frames_per_request": .integer(Fields.framesPerRequest),
                "frames_per_session": .integer(settings.practice.framesPerSession),
                "sessions": .integer(settings.practice.sessions),
                "questions_per_session": .integer(settings.practice.questionsPerSession),
                "title_characters": .integer(Fields.titleCharacters),
                "question_characters": .integer(Fields.questionCharacters),
                "text_characters": .integer(Fields.textCharacters),
            ],
        ])
    }

    private struct SignIn: Decodable {
        let apiKey: String

        enum CodingKeys: String, CodingKey {
            case apiKey = "api_key"
        }
    }

    private func signIn(_ request: Request, _ context: ServiceContext) async throws -> Response {
        // Before anything is read or compared: a right guess is found no faster than a wrong one.
        if !settings.keys.isEmpty, let seconds = Self.guesses.take("") {
            throw Problem(.rateLimited, "Too many requests.", retryAfterSeconds: max(1, Int(seconds.rounded(.up))))
        }
        let key = try await json(
            SignIn.self, from: request, context, atMost: ServiceSettings.Fields.signInBodyBytes
        ).apiKey
        guard (1...APIKeys.greatestLength).contains(key.unicodeScalars.count) else {
            throw Problem(
                .invalidField, "A key has 1 to \(APIKeys.greatestLength) characters.", field: "api_key")
        }
        guard !settings.keys.isEmpty else { return Response(status: .noContent) }
        guard settings.keys.owner(of: key) != nil else {
            throw Problem(
                .unauthorized, "This is no valid key.", headers: [.wwwAuthenticate: #"Bearer realm="emotion-server""#])
        }
        return Response(
            status: .noContent, headers: [.setCookie: KeyCookie.header(key, isSecure: Self.isSecure(request))])
    }

    /// For all who sign in together.
    private static let guesses = RateLimiter(.init(perSecond: 2, burst: 20))

    private static func signOut() -> Response {
        Response(status: .noContent, headers: [.setCookie: KeyCookie.removal])
    }

    /// Whether the client came by TLS, as the proxy before the service says.
    private static func isSecure(_ request: Request) -> Bool {
        HTTPField.Name("X-Forwarded-Proto").flatMap { request.headers[$0] }?.lowercased() == "https"
    }
}
