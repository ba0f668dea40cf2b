import FoundationEssentials
import HTTPTypes
import Hummingbird
import InterviewAnalysis
import PracticeSessions
import ReplyJSON
import SessionStore

// `/sessions…`: practice sessions, each seen by its owner alone.

extension ServiceRoutes {
    var sessionRoutes: [ServiceRoute] {
        [
            ServiceRoute(
                "/sessions",
                [
                    .post: { try await createSession($0, $1) }, .get: { try await listSessions($0, $1) },
                    .delete: { _, context in
                        let count = try await sessions.deleteAll(owner: context.owner)
                        return Self.json(["success": true, "deleted": .integer(count)])
                    },
                ]),
            ServiceRoute(
                "/sessions/:id",
                [
                    .get: { _, context in
                        let overview = try await sessions.overview(of: try id(context), owner: context.owner)
                        return Self.json(overview.json(retention: settings.retentionSeconds))
                    },
                    .delete: { _, context in
                        try await sessions.delete(try id(context), owner: context.owner)
                        return Response(status: .noContent)
                    },
                ]),
            ServiceRoute("/sessions/:id/frames", [.post: { try await addFrames($0, $1) }]),
            ServiceRoute(
                "/sessions/:id/questions",
                [.post: { try await addQuestion($0, $1) }, .get: { try await listQuestions($0, $1) }]),
            ServiceRoute("/sessions/:id/resting", [.post: { try await captureRestingFace($0, $1) }]),
            ServiceRoute("/sessions/:id/summary", [.get: { try await summary($0, $1) }]),
            ServiceRoute("/sessions/:id/report", [.get: { try await report($0, $1) }]),
            ServiceRoute("/sessions/:id/session.json", [.get: { try await sessionFile($0, $1) }]),
            ServiceRoute("/sessions/:id/session.csv", [.get: { try await sessionTable($0, $1) }]),
            ServiceRoute("/progress", [.get: { try await progress($0, $1) }]),
        ]
    }

    /// Of the session in the request's address; what cannot be one is no session.
    func id(_ context: ServiceContext) throws(Problem) -> UUID {
        guard let text = context.parameters.get("id"), let id = UUID(uuidString: text) else {
            throw Problem(.sessionNotFound, "There is no such session.")
        }
        return id
    }

    private struct NewSession: Decodable {
        let title: String?
        let startedAt: String?

        enum CodingKeys: String, CodingKey {
            case title
            case startedAt = "started_at"
        }
    }

    private func createSession(_ request: Request, _ context: ServiceContext) async throws -> Response {
        var title: String?
        var startedAt: String?
        let length = request.headers[.contentLength] ?? (request.headers[.transferEncoding] == nil ? "0" : "")
        if length != "0" {
            let new = try await json(NewSession.self, from: request, context)
            (title, startedAt) = (new.title, new.startedAt)
        }
        try Self.check(title, atMost: ServiceSettings.Fields.titleCharacters, field: "title")
        if let startedAt {
            guard startedAt.utf8.count <= ServiceSettings.Fields.dateCharacters, SessionDate(startedAt) != nil else {
                throw Problem(
                    .invalidField, "started_at is ISO 8601 with the offset, as 2026-01-31T09:30:00+01:00.",
                    field: "started_at")
            }
        }
        let header = try await sessions.create(title: title, startedAt: startedAt, owner: context.owner)
        let overview = try await sessions.overview(of: header.id, owner: context.owner)
        return Self.json(
            overview.json(retention: settings.retentionSeconds), status: .created,
            headers: [.location: "/sessions/\(header.id.uuidString.lowercased())"])
    }

    private static func check(_ text: String?, atMost limit: Int, field: String) throws(Problem) {
        guard text?.unicodeScalars.count ?? 0 <= limit else {
            throw Problem(.invalidField, "\(field) has at most \(limit) characters.", field: field)
        }
        // Databases would cut the text there.
        guard text?.unicodeScalars.contains("\0") != true else {
            throw Problem(.invalidField, "\(field) holds a character of no text.", field: field)
        }
    }

    private func listSessions(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let query = request.uri.queryParameters
        var limit = 20
        if let text = query["limit"] {
            guard let number = Int(text), (1...100).contains(number) else {
                throw Problem(.invalidParameter, "limit is a whole number from 1 to 100.", field: "limit")
            }
            limit = number
        }
        // A number and not a session's id: that session may be deleted before the next page is asked for.
        var after: Int?
        if let text = query["after"] {
            guard let number = Int(text), number > 0 else {
                throw Problem(.invalidParameter, "after is the next of the page before.", field: "after")
            }
            after = number
        }
        let page = try await sessions.page(owner: context.owner, after: after, limit: limit)
        return Self.json([
            "sessions": .array(page.sessions.map { $0.json(retention: settings.retentionSeconds) }),
            "next": page.next.map { .string("\($0)") } ?? .null,
        ])
    }

    private struct QuestionRequest: Decodable {
        let text: String
        let at: Double
        let redo: Bool?
    }

    private func addQuestion(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let id = try id(context)
        let question = try await json(QuestionRequest.self, from: request, context)
        let limit = ServiceSettings.Fields.questionCharacters
        guard !question.text.isEmpty else {
            throw Problem(.invalidField, "A question has 1 to \(limit) characters.", field: "text")
        }
        try Self.check(question.text, atMost: limit, field: "text")
        try Self.checkTime(question.at, field: "at")
        let (questions, isDuplicate) = try await sessions.ask(
            question.text, at: question.at, redo: question.redo ?? false, in: id, owner: context.owner)
        return Self.json(Self.json(questions, of: id), status: isDuplicate ? .ok : .created)
    }

    private func listQuestions(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let id = try id(context)
        return Self.json(Self.json(try await sessions.questions(of: id, owner: context.owner), of: id))
    }

    private static func json(_ questions: [QuestionMarker], of id: UUID) -> JSONValue {
        [
            "success": true, "session_id": .string(id.uuidString.lowercased()),
            "questions": .array(questions.map { ["text": .string($0.label), "at": .number($0.start)] }),
        ]
    }

    static func checkTime(_ seconds: Double, field: String) throws(Problem) {
        guard (0...FrameData.latestTimestamp).contains(seconds) else {
            throw Problem(
                .invalidField, "\(field) lies between 0 and \(Int(FrameData.latestTimestamp)) s.",
                field: field)
        }
    }

    private func summary(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let record = try await sessions.record(of: try id(context), owner: context.owner)
        return Self.json(try JSONValue(encoding: record.summary))
    }

    private func report(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let id = try id(context)
        let record = try await sessions.record(of: id, owner: context.owner)
        let earlier = try await sessions.overviews(owner: context.owner, limit: Self.comparedSessions)
            .filter { $0.header.id != id }.map(\.past)
        let html = SessionReport(of: record, after: earlier).html()
        return Self.bytes(
            Array(html.utf8), type: "text/html; charset=utf-8",
            headers: [.contentSecurityPolicy: Self.reportPolicy])
    }

    /// The report has no script and fetches nothing, and is kept from it; the page may show it in a frame.
    private static let reportPolicy =
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
        + "frame-ancestors 'self'"

    /// So many of the latest sessions a report compares with.
    private static let comparedSessions = 50

    private func sessionFile(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let record = try await sessions.record(of: try id(context), owner: context.owner)
        return Self.bytes(
            try record.json(), type: "application/json",
            headers: [.contentDisposition: #"attachment; filename="session.json""#])
    }

    private func sessionTable(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let record = try await sessions.record(of: try id(context), owner: context.owner)
        return Self.bytes(
            Array(SessionCSV.table(of: record).utf8), type: "text/csv; charset=utf-8",
            headers: [.contentDisposition: #"attachment; filename="session.csv""#])
    }

    private func progress(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let newest = try await sessions.overviews(owner: context.owner, limit: Self.comparedSessions)
        let past = newest.filter { $0.header.frameCount > 0 }.map(\.past)
        let history = past.first.map { SessionHistory($0, after: Array(past.dropFirst().reversed())) }
        let progress = history?.progress ?? SessionProgress(sessions: [])
        return Self.json([
            "sessions": try JSONValue(encoding: history?.sessions ?? []),
            "change": progress.change.map { .number($0) } ?? .null,
            "interval": progress.interval.map { ["lower": .number($0.lower), "upper": .number($0.upper)] } ?? .null,
            "verdict": .string(progress.verdict.rawValue), "missing_sessions": .integer(progress.missingSessions),
        ])
    }
}
