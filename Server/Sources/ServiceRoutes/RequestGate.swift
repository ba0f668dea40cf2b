import HTTPTypes
import Hummingbird
import Logging
import Metrics
import NIOHTTP1

/// What every request passes before its route, and every reply on its way back: who it is from, whether it may be served,
/// how often; then headers, one line in the log, and the counters.
struct RequestGate: RouterMiddleware {
    typealias Context = ServiceContext

    let settings: ServiceSettings
    private let routes: RouteTable
    /// Routes that need no key: the page's files hold nothing of anybody, and show the form for the key.
    private let openRoutes: Set<String>
    private let limiter: RateLimiter?
    /// For whoever tries keys that are none.
    private let strangers = RateLimiter(.init(perSecond: 2, burst: 20))

    init(_ settings: ServiceSettings, routes: RouteTable, pagePaths: Set<String>) {
        self.settings = settings
        self.routes = routes
        openRoutes = Self.openRoutes.union(pagePaths)
        limiter = settings.rate.map(RateLimiter.init)
    }

    /// Those of the interface.
    private static let openRoutes: Set<String> = ["/healthz", "/readyz", "/openapi.json", "/v1/service", "/v1/sign-in"]

    func handle(
        _ request: Request, context: ServiceContext, next: (Request, ServiceContext) async throws -> Response
    ) async throws -> Response {
        let begin = ContinuousClock.now
        var response: Response
        var code: Problem.Code?
        do {
            response = try await admitted(request, context, next)
        } catch let error as HTTPParserError {
            throw error
        } catch {
            let problem = problem(error, request)
            code = problem.code
            if problem.code.isFailure { report(error, problem, context) }
            response = problem.response(requestID: context.requestID)
        }
        // What is still to come of a body that nobody wants is not read to its end, however long that would take.
        if Self.hasBody(request), !context.body.isRead {
            response.headers[.connection] = "close"
            context.closeSoon()
        }
        decorate(&response, for: request, context: context)
        if request.method == .head { response = response.createHeadResponse() }
        note(request, response, code, context, ContinuousClock.now - begin)
        return response
    }

    private static func hasBody(_ request: Request) -> Bool {
        request.headers[.transferEncoding] != nil || request.headers[.contentLength].map { Int($0) != 0 } ?? false
    }

    private func admitted(
        _ request: Request, _ context: ServiceContext, _ next: (Request, ServiceContext) async throws -> Response
    ) async throws -> Response {
        try checkHost(request)
        try checkOrigin(request)
        if request.method == .options, let preflight = preflight(request) { return preflight }
        var context = context
        let owner = settings.keys.owner(of: request)
        (context.isSignedIn, context.owner) = (owner != nil, owner ?? "")
        if let owner {
            // Nor are those without a key held up where none is needed: the page alone is some thirty files at once.
            if needsKey(context), let limiter, let seconds = limiter.take(owner) { throw Self.tooOften(seconds) }
        } else if needsKey(context) {
            if let seconds = strangers.take("") { throw Self.tooOften(seconds) }
            throw Problem(
                .unauthorized, "This service needs a key: Authorization: Bearer KEY.",
                headers: [.wwwAuthenticate: #"Bearer realm="emotion-server""#])
        }
        return try await next(request, context)
    }

    /// What is not found needs none either: there is nothing to keep from anybody.
    private func needsKey(_ context: ServiceContext) -> Bool {
        context.endpointPath.map { !openRoutes.contains($0) } ?? false
    }

    private static func tooOften(_ seconds: Double) -> Problem {
        Problem(.rateLimited, "Too many requests.", retryAfterSeconds: max(1, Int(seconds.rounded(.up))))
    }

    /// Where only the method is not served, which methods are.
    private func problem(_ error: any Error, _ request: Request) -> Problem {
        let problem = Problem(error)
        guard problem.code == .notFound, let methods = routes.methods(for: request.uri.path) else { return problem }
        return Problem(.methodNotAllowed, "This is served with \(methods).", headers: [.allow: methods])
    }

    private func checkHost(_ request: Request) throws(Problem) {
        guard let allowed = settings.allowedHosts else { return }
        guard let host = request.head.authority.map(Self.name), allowed.contains(host) else {
            throw Problem(.hostNotAllowed, "The service is not called by this name.")
        }
    }

    /// Keeps pages of other sites from changing anything: browsers name the page's origin with every such request.
    private func checkOrigin(_ request: Request) throws(Problem) {
        guard let origin = request.headers[.origin] else { return }
        if settings.allowedOrigins.contains(origin) { return }
        let scheme = ["https://": ":443", "http://": ":80"].first { origin.hasPrefix($0.key) }
        if let host = request.head.authority, let scheme {
            func bare(_ authority: some StringProtocol) -> String {
                let text = authority.lowercased()
                return text.hasSuffix(scheme.value) ? String(text.dropLast(scheme.value.count)) : text
            }
            if bare(origin.dropFirst(scheme.key.count)) == bare(host) { return }
        }
        throw Problem(.originNotAllowed, "Pages of this origin may not use the service.")
    }

    /// The answer to a browser that asks, for a page of an allowed origin, what it may send.
    private func preflight(_ request: Request) -> Response? {
        guard request.headers[.accessControlRequestMethod] != nil, let origin = request.headers[.origin],
            settings.allowedOrigins.contains(origin)
        else { return nil }
        return Response(
            status: .noContent,
            headers: [
                .accessControlAllowMethods: "GET, POST, DELETE",
                .accessControlAllowHeaders: "authorization, content-type", .accessControlMaxAge: "600",
            ])
    }

    /// Without its port; whole where something else than a port follows the name, so that it is nobody's.
    private static func name(ofAuthority authority: String) -> String {
        let text = authority.lowercased()
        guard let end = text.lastIndex(of: ":"), text[text.index(after: end)...].allSatisfy(\.isNumber),
            !text[..<end].contains(":") || text[..<end].hasSuffix("]")
        else { return text }
        return String(text[..<end])
    }

    private func decorate(_ response: inout Response, for request: Request, context: ServiceContext) {
        var headers = response.headers
        func set(_ name: HTTPField.Name, _ value: String) { headers[name] = headers[name] ?? value }
        for (name, value) in SafetyHeaders.all { set(name, value) }
        set(SafetyHeaders.requestID, context.requestID)
        if let origin = request.headers[.origin], settings.allowedOrigins.contains(origin) {
            headers[.accessControlAllowOrigin] = origin
            headers[.accessControlAllowCredentials] = "true"
            headers[.accessControlExposeHeaders] = "Location, Retry-After, X-Request-Id"
            headers[.vary] = "Origin"
            set(SafetyHeaders.resourcePolicy, "cross-origin")
        } else {
            set(SafetyHeaders.resourcePolicy, "same-origin")
        }
        response.headers = headers
    }

    /// What failed, for whoever runs the service; errors of the store and the networks name files, never contents.
    private func report(_ error: any Error, _ problem: Problem, _ context: ServiceContext) {
        context.logger.error(
            "request failed",
            metadata: ["code": "\(problem.code.rawValue)", "error": "\(error.forLog)"])
    }

    /// One line a request: its route, never its address, which holds the id of a session.
    private func note(
        _ request: Request, _ response: Response, _ code: Problem.Code?, _ context: ServiceContext,
        _ duration: Duration
    ) {
        let route = context.endpointPath ?? "none"
        let status = response.status.code
        var metadata: Logger.Metadata = [
            "method": "\(Self.known(request.method))", "route": "\(route)", "status": "\(status)",
            "ms": "\((duration / .milliseconds(1)).rounded())",
        ]
        if let code { metadata["code"] = "\(code.rawValue)" }
        context.logger.info("request", metadata: metadata)
        let dimensions = [("method", Self.known(request.method)), ("route", route)]
        Counter(label: "http_requests_total", dimensions: dimensions + [("status", "\(status)")]).increment()
        Timer(label: "http_request_duration_seconds", dimensions: dimensions).recordNanoseconds(
            Int64(duration / .nanoseconds(1)))
    }

    /// Of the methods that nobody serves, one name for all: a client could make up any number of them.
    private static func known(_ method: HTTPRequest.Method) -> String {
        [.get, .head, .post, .delete, .options].contains(method) ? method.rawValue : "OTHER"
    }
}
