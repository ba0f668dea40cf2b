public import EmotionDetection
public import FoundationEssentials
public import InferenceQueue
public import InterviewAnalysis
public import ReplyJSON
public import SessionStore

/// Practice sessions: frames go through the networks, into the analysis, and into the store, before they are answered.
///
/// The store is the only truth. What is held in memory is a copy that saves reading a session's entries again for every
/// frame; another process that adds to the session makes it load the rest. So any number of processes may serve the
/// sessions of one store.
public final class PracticeSessions: Sendable {
    public let limits: PracticeLimits
    private let store: any SessionStore
    private let queue: InferenceQueue
    private let detector: EmotionDetector
    private let cache = SessionCache(capacity: 64)

    /// A frame that was sent.
    public struct Frame: Sendable {
        public let timestamp: Double
        public let picture: [UInt8]

        public init(timestamp: Double, picture: [UInt8]) {
            (self.timestamp, self.picture) = (timestamp, picture)
        }
    }

    /// So often a call starts over where somebody else added to the session in the meantime.
    private static let attempts = 8

    public init(
        store: any SessionStore, queue: InferenceQueue, detector: EmotionDetector,
        limits: PracticeLimits = PracticeLimits()
    ) {
        self.store = store
        self.queue = queue
        self.detector = detector
        self.limits = limits
    }

    /// Begins a session.
    ///
    /// - Parameter startedAt: ISO 8601 with the offset; now in UTC where it is nil.
    public func create(title: String?, startedAt: String?, owner: String) async throws -> StoredSessionHeader {
        let now = Self.now
        // A session can begin while the networks cannot be loaded; its first frames then say so.
        let model = try? detector.emotionModel
        let details = PracticeDetails(
            model: model.map { .init(name: $0.name, version: $0.version, sha256: $0.sha256) })
        let header = StoredSessionHeader(
            id: UUID(), title: title, startedAt: startedAt ?? SessionDate(secondsSince1970: Int(now)).iso8601,
            createdAt: now, updatedAt: now, details: try LiveSession.json(details))
        try await store.create(header, owner: owner, limit: limits.sessions)
        return header
    }

    /// Takes in frames in the order of their times, all or none; a frame that is there already is answered as it was.
    ///
    /// - Parameter deadline: by which the networks must have begun with the pictures.
    /// - Returns: the answers in the order of `frames`, and how many frames the session has now.
    public func add(
        _ frames: [Frame], to id: UUID, owner: String, before deadline: ContinuousClock.Instant
    ) async throws -> (replies: [JSONValue], frameCount: Int) {
        for (first, second) in zip(frames, frames.dropFirst()) where second.timestamp <= first.timestamp {
            throw PracticeError.timestampNotRising(previous: first.timestamp, given: second.timestamp)
        }
        var analyses: [PictureAnalysis] = []
        for _ in 0..<Self.attempts {
            var session = try await load(id, owner: owner)
            let known = frames.prefix { $0.timestamp <= session.lastTimestamp ?? -1 }
            var replies: [JSONValue] = []
            for frame in known {
                guard let reply = try await store.reply(toFrameAt: frame.timestamp, of: id, owner: owner) else {
                    throw PracticeError.timestampNotRising(
                        previous: session.lastTimestamp ?? 0, given: frame.timestamp)
                }
                replies.append(FrameReply.answer(reply, isDuplicate: true))
            }
            let new = frames.dropFirst(known.count)
            guard session.frameCount + new.count <= limits.framesPerSession else {
                throw PracticeError.sessionFull(limit: limits.framesPerSession)
            }
            // Pictures that were looked at before somebody else was faster need not be looked at again.
            if analyses.count < new.count {
                analyses = try await queue.analyze(all: new.map(\.picture), before: deadline)
            }
            let sequence = session.sequence
            var entries: [EntryBatch.Entry] = []
            for (frame, picture) in zip(new, analyses.suffix(new.count)) {
                entries.append(try session.add(picture, at: frame.timestamp))
            }
            guard !entries.isEmpty else { return (replies, session.frameCount) }
            if try await store(entries, of: &session, after: sequence, owner: owner) {
                replies += entries.compactMap(\.reply).map { FrameReply.answer($0, isDuplicate: false) }
                return (replies, session.frameCount)
            }
        }
        throw PracticeError.changed
    }

    /// Marks where a question begins, once: the same words at the same time are a client's who lost the answer.
    ///
    /// - Parameter redo: it takes the place of the one before, whose frames up to now no longer count.
    /// - Returns: the questions that count, and whether this one was there already.
    public func ask(
        _ text: String, at timestamp: Double, redo: Bool, in id: UUID, owner: String
    ) async throws -> (questions: [QuestionMarker], isDuplicate: Bool) {
        for _ in 0..<Self.attempts {
            var session = try await load(id, owner: owner)
            if session.questions.contains(where: { $0.label == text && $0.start == timestamp }) {
                return (session.questions, true)
            }
            guard session.analyzer.questions.count < limits.questionsPerSession else {
                throw PracticeError.tooManyQuestions(limit: limits.questionsPerSession)
            }
            let sequence = session.sequence
            let entries = try session.ask(text, at: timestamp, redo: redo)
            if try await store(entries, of: &session, after: sequence, owner: owner) {
                return (session.questions, false)
            }
        }
        throw PracticeError.changed
    }

    /// The questions that count, in the order of their times.
    public func questions(of id: UUID, owner: String) async throws -> [QuestionMarker] {
        try await load(id, owner: owner).questions
    }

    /// Captures the person's resting face before the first frame; where it is unfit, nothing changes.
    public func captureRestingFace(
        _ frames: [Frame], of id: UUID, owner: String, before deadline: ContinuousClock.Instant
    ) async throws -> RestingCapture {
        guard try await load(id, owner: owner).frameCount == 0 else { throw PracticeError.hasFrames }
        let pictures = try await queue.analyze(all: frames.map(\.picture), before: deadline)
        var capture = RestingFaceCapture()
        var count = 0
        for (frame, picture) in zip(frames, pictures) {
            if let face = picture.result.primaryFace, face.faceDetected {
                do throws(AnalyzerError) { try capture.add(face.scores, at: frame.timestamp) } catch {
                    if case .timestampNotRising(let previous, let given) = error {
                        throw PracticeError.timestampNotRising(previous: previous, given: given)
                    }
                    throw error
                }
                count += 1
            } else {
                capture.addMissed()
            }
        }
        let profile: RestingFaceProfile
        do { profile = try capture.profile() } catch {
            return RestingCapture(profile: nil, refusal: error, progress: capture.progress, frameCount: count)
        }
        for _ in 0..<Self.attempts {
            var session = try await load(id, owner: owner)
            guard session.frameCount == 0 else { throw PracticeError.hasFrames }
            let sequence = session.sequence
            let entry = try session.use(profile)
            if try await store([entry], of: &session, after: sequence, owner: owner) {
                return RestingCapture(profile: profile, refusal: nil, progress: capture.progress, frameCount: count)
            }
        }
        throw PracticeError.changed
    }

    /// The whole session.
    public func record(of id: UUID, owner: String) async throws -> SessionRecord {
        try await load(id, owner: owner).record()
    }

    /// The session in short.
    public func overview(of id: UUID, owner: String) async throws -> SessionOverview {
        try await overview(of: try await store.header(of: id, owner: owner), owner: owner)
    }

    /// The latest sessions of an owner in short, the newest first.
    public func overviews(owner: String, limit: Int) async throws -> [SessionOverview] {
        try await page(owner: owner, after: nil, limit: limit).sessions
    }

    /// Some of an owner's sessions in short, the newest first.
    ///
    /// - Parameter number: `next` of the page before; nil for the newest.
    /// - Returns: `next` is nil where no more sessions follow.
    public func page(
        owner: String, after number: Int?, limit: Int
    ) async throws -> (sessions: [SessionOverview], next: Int?) {
        // One more than asked for tells whether there is another page.
        let headers = try await store.headers(owner: owner, after: number, limit: limit + 1)
        var overviews: [SessionOverview] = []
        for header in headers.prefix(limit) {
            // A session may be deleted while its list is made.
            do { overviews.append(try await overview(of: header, owner: owner)) } catch SessionStoreError.noSuchSession
            {
                continue
            }
        }
        return (overviews, headers.count > limit ? headers[limit - 1].number : nil)
    }

    public func delete(_ id: UUID, owner: String) async throws {
        cache.remove(id)
        try await store.delete(id, owner: owner)
    }

    public func deleteAll(owner: String) async throws -> Int {
        cache.removeAll()
        return try await store.deleteAll(owner: owner)
    }

    /// Seconds since 1970.
    static var now: Double { Date().timeIntervalSince1970 }

    private func overview(of header: StoredSessionHeader, owner: String) async throws -> SessionOverview {
        if let digest = header.digest, digest.sequence == header.lastSequence,
            let overview = try? JSONDecoder().decode(SessionOverview.Digest.self, from: Data(digest.json))
        {
            return SessionOverview(header: header, digest: overview)
        }
        let session = try await load(header.id, owner: owner)
        let digest = SessionOverview.Digest(of: session.record())
        // What is not kept is made again the next time.
        try? await store.keep(
            .init(json: try LiveSession.json(digest), sequence: session.sequence), of: header.id, owner: owner)
        return SessionOverview(header: session.header, digest: digest)
    }

    /// The session as the store has it now.
    private func load(_ id: UUID, owner: String) async throws -> LiveSession {
        let known = cache.session(id, owner: owner)
        do {
            var session = known
            var (header, entries) = try await store.entries(of: id, owner: owner, after: known?.sequence ?? 0)
            if let known, known.sequence > header.lastSequence {
                // The store was put back to an earlier state: what is known here is no longer true.
                session = nil
                (header, entries) = try await store.entries(of: id, owner: owner, after: 0)
            }
            var current = try session ?? LiveSession(header)
            try current.apply(entries, header: header)
            if session == nil { cache.remove(id) }
            cache.keep(current, owner: owner)
            return current
        } catch SessionStoreError.noSuchSession {
            cache.remove(id)
            throw SessionStoreError.noSuchSession
        }
    }

    /// Adds the entries.
    ///
    /// - Returns: false where somebody else was faster, so that the session has to be loaded again.
    private func store(
        _ entries: [EntryBatch.Entry], of session: inout LiveSession, after sequence: Int, owner: String
    ) async throws -> Bool {
        let batch = session.batch(entries, after: sequence, at: Self.now)
        do {
            try await store.append(batch, to: session.id, owner: owner)
        } catch SessionStoreError.changed {
            return false
        }
        session.stored(batch)
        cache.keep(session, owner: owner)
        return true
    }
}
