public import EmotionDetection
import HTTPTypes
public import Hummingbird
public import InferenceQueue
import PracticeSessions
public import PrometheusMetrics
import ReplyJSON
public import SessionStore
public import TextAnalysis
public import VoiceQueue

/// What judges pictures, recordings and texts.
public struct ServiceModels: Sendable {
    let detector: EmotionDetector
    let pictures: InferenceQueue
    let voices: VoiceQueue
    let meaning: (any MeaningModel)?

    /// - Parameters:
    ///   - pictures: what waits for the networks of `detector`.
    ///   - meaning: what tells whether an answer is to the question; words in common where nil.
    public init(
        detector: EmotionDetector, pictures: InferenceQueue, voices: VoiceQueue, meaning: (any MeaningModel)? = nil
    ) {
        (self.detector, self.pictures, self.voices, self.meaning) = (detector, pictures, voices, meaning)
    }
}

/// The service's interface over HTTP, as its OpenAPI document states it.
public struct ServiceRoutes: Sendable {
    let settings: ServiceSettings
    let detector: EmotionDetector
    let queue: InferenceQueue
    let voices: VoiceQueue
    let answers: AnswerJudge
    let sessions: PracticeSessions
    let store: any SessionStore
    let readiness: Readiness
    let metrics: PrometheusRegistry
    let openAPI: [UInt8]
    let reader: BodyReader

    /// - Parameter openAPI: the document that is served as `/openapi.json`.
    public init(
        settings: ServiceSettings, models: ServiceModels, store: any SessionStore, readiness: Readiness,
        metrics: PrometheusRegistry, openAPI: [UInt8]
    ) {
        self.settings = settings
        detector = models.detector
        (queue, voices) = (models.pictures, models.voices)
        answers = AnswerJudge(meaning: models.meaning)
        self.store = store
        sessions = PracticeSessions(store: store, queue: queue, detector: detector, limits: settings.practice)
        self.readiness = readiness
        self.metrics = metrics
        self.openAPI = openAPI
        reader = BodyReader(settings)
    }

    typealias Handler = @Sendable (Request, ServiceContext) async throws -> Response

    /// All routes, with the page's files where there are any.
    public func router(files: StaticFiles) -> Router<ServiceContext> {
        let routes = analysisRoutes + sessionRoutes + serviceRoutes + files.routes
        let router = Router(context: ServiceContext.self)
        router.add(middleware: RequestGate(settings, routes: RouteTable(routes), pagePaths: files.paths))
        for route in routes {
            for (method, handler) in route.handlers { router.on(RouterPath(route.path), method: method, use: handler) }
        }
        return router
    }

    /// The methods with which each address of the interface is served, written as OpenAPI writes both.
    package var operations: [String: Set<String>] {
        let routes = analysisRoutes + sessionRoutes + serviceRoutes
        return Dictionary(
            uniqueKeysWithValues: routes.map { route in
                let parts = route.path.split(separator: "/").map {
                    $0.hasPrefix(":") ? "{\($0.dropFirst())}" : String($0)
                }
                let methods = route.handlers.keys.filter { $0 != .head }.map { $0.rawValue.lowercased() }
                return ("/" + parts.joined(separator: "/"), Set(methods))
            })
    }

    /// A reply in JSON.
    static func json(
        _ value: JSONValue, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
    ) -> Response {
        bytes(value.bytes, type: "application/json", status: status, headers: headers)
    }

    static func bytes(
        _ bytes: [UInt8], type: String, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
    ) -> Response {
        var headers = headers
        headers[.contentType] = type
        return Response(status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// When a picture of a request that comes now is given up.
    var deadline: ContinuousClock.Instant { .now + .seconds(settings.deadlineSeconds) }

    /// The body of a route that reads JSON alone.
    ///
    /// - Parameter limit: bytes of the largest body; only pictures need as many as any body may have.
    func json<Value: Decodable>(
        _ type: Value.Type, from request: Request, _ context: ServiceContext,
        atMost limit: Int = ServiceSettings.Fields.textBodyBytes
    ) async throws -> Value {
        guard case .json = BodyKind(request) else { throw Self.unsupported("application/json") }
        let body = try await reader.collect(request, context: context, atMost: limit)
        return try RequestJSON.decode(type, from: body.bytes)
    }

    static func unsupported(_ kinds: String) -> Problem {
        Problem(.unsupportedMediaType, "This route reads \(kinds).")
    }
}
