import EmotionDetection
import FoundationEssentials
import InferenceQueue
import InterviewAnalysis
import ReplyJSON
import SessionStore

/// A session as its stored entries tell it, ready for the next one.
///
/// A value: entries are tried out on a copy, and the copy counts once the store has them.
struct LiveSession: Sendable {
    let id: UUID
    private(set) var header: StoredSessionHeader
    private let details: PracticeDetails
    private(set) var analyzer: InterviewEmotionAnalyzer
    private(set) var sequence: Int
    private var rule = IntervieweeRule()
    /// Of the first picture, in pixels.
    private var pictureSize: Size?

    /// The session of a header, without its entries.
    init(_ header: StoredSessionHeader) throws {
        id = header.id
        self.header = header
        do { details = try JSONDecoder().decode(PracticeDetails.self, from: Data(header.details)) } catch {
            throw SessionStoreError.unusable("the details of a session cannot be read")
        }
        analyzer = InterviewEmotionAnalyzer(clock: { 0 })
        sequence = 0
    }

    /// The questions that count, in the order of their times.
    var questions: [QuestionMarker] { analyzer.questions.sorted { $0.start < $1.start } }

    var frameCount: Int { analyzer.frames.count + analyzer.missed.count }

    /// Time of the latest frame; nil before the first.
    var lastTimestamp: Double? {
        [analyzer.frames.last?.timestamp, analyzer.missed.last?.timestamp].compactMap(\.self).max()
    }

    /// Takes in what the store has beyond ``sequence``.
    mutating func apply(_ entries: [StoredEntry], header: StoredSessionHeader) throws {
        for entry in entries {
            guard entry.sequence == sequence + 1 else { throw SessionStoreError.unusable("a session has gaps") }
            do {
                try apply(JSONDecoder().decode(PracticeEntry.self, from: Data(entry.json)))
            } catch {
                throw SessionStoreError.unusable("entry \(entry.sequence) of a session cannot be read")
            }
            sequence = entry.sequence
        }
        self.header = header
    }

    /// Scores a frame and gives what is to be stored of it, with the answer to the client.
    mutating func add(_ picture: PictureAnalysis, at timestamp: Double) throws -> EntryBatch.Entry {
        let (faces, size) = (picture.result.faces, picture.result.imageSize)
        let surroundings = FrameSurroundings(
            width: size.width, height: size.height, isAlone: faces.count(where: \.faceDetected) <= 1)
        pictureSize = pictureSize ?? size
        let event: SessionEntry
        var reply = FrameReply(timestamp: timestamp, number: frameCount)
        switch rule.finding(in: faces, of: size) {
        case .face(let index, let isUncertain):
            let (face, quality) = (faces[index], picture.qualities[index])
            let observation = InterviewAnalysis.FaceObservation(face, quality: quality, isUncertain: isUncertain)
            reply.analysis = try analyzer.add(observation, at: timestamp)
            guard let frame = analyzer.frames.last else { throw PracticeError.lostFrame }
            (reply.frame, reply.face, reply.quality) = (frame, face, quality)
            reply.framing = FaceFraming(face, quality: quality, in: size)
            rule.follow(face.box, isUncertain: isUncertain, isAlone: surroundings.isAlone, at: timestamp)
            event = .frame(frame)
        case .missed(let reason):
            reply.skipReason = reason == .noFace ? .noFace : .crowded
            try analyzer.addMissed(reason == .noFace ? .noFace : .crowded, at: timestamp)
            guard let missed = analyzer.missed.last else { throw PracticeError.lostFrame }
            event = .missed(missed)
        }
        sequence += 1
        return EntryBatch.Entry(
            frameTimestamp: timestamp, json: try Self.json(PracticeEntry.frame(event, surroundings)),
            reply: reply.json.bytes)
    }

    /// Marks a question; with `redo` in place of the one before.
    mutating func ask(_ text: String, at timestamp: Double, redo: Bool) throws -> [EntryBatch.Entry] {
        var entries: [PracticeEntry] = []
        if redo {
            guard !analyzer.questions.isEmpty else { throw PracticeError.noQuestion }
            entries.append(.redo(at: timestamp))
        }
        entries.append(.question(QuestionMarker(label: text, start: timestamp)))
        for entry in entries { try apply(entry) }
        sequence += entries.count
        return try entries.map { EntryBatch.Entry(json: try Self.json($0)) }
    }

    /// Uses a resting face for every score.
    mutating func use(_ profile: RestingFaceProfile) throws -> EntryBatch.Entry {
        let entry = PracticeEntry.restingFace(profile)
        try apply(entry)
        sequence += 1
        return EntryBatch.Entry(json: try Self.json(entry))
    }

    /// The whole session as `emotion` writes it.
    func record() -> SessionRecord {
        let media = pictureSize.map { size in
            SessionDetails.Media(name: "Camera", widthPixels: size.width, heightPixels: size.height)
        }
        return SessionRecord(
            of: analyzer,
            details: SessionDetails(
                title: header.title, startedAt: header.startedAt, model: details.model, media: media))
    }

    /// What the store is to add, given that nobody else added anything since this session was loaded.
    func batch(_ entries: [EntryBatch.Entry], after sequence: Int, at now: Double) -> EntryBatch {
        EntryBatch(
            entries: entries, expectedSequence: sequence, frameCount: frameCount,
            questionCount: analyzer.questions.count, durationSeconds: lastTimestamp ?? 0,
            updatedAt: now)
    }

    /// What the store says of the session once it has the batch.
    mutating func stored(_ batch: EntryBatch) {
        header.lastSequence = batch.expectedSequence + batch.entries.count
        header.frameCount = batch.frameCount
        header.questionCount = batch.questionCount
        header.durationSeconds = batch.durationSeconds
        header.updatedAt = max(header.updatedAt, batch.updatedAt)
    }

    private mutating func apply(_ entry: PracticeEntry) throws {
        switch entry {
        case .frame(let event, let surroundings):
            try analyzer.replay(event)
            pictureSize = pictureSize ?? Size(height: surroundings.height, width: surroundings.width)
            if case .frame(let frame) = event, let box = frame.faceBox {
                rule.follow(
                    Rect(x: Double(box.x), y: Double(box.y), width: Double(box.width), height: Double(box.height)),
                    isUncertain: frame.identityUncertain, isAlone: surroundings.isAlone, at: frame.timestamp)
            }
        case .question(let question): analyzer.mark(question)
        case .restingFace(let profile):
            let questions = analyzer.questions
            analyzer = InterviewEmotionAnalyzer(
                configuration: AnalyzerConfiguration(restingFace: profile), clock: { 0 })
            for question in questions { analyzer.mark(question) }
        case .redo(let time): try takeBack(upTo: time)
        }
    }

    /// Makes every frame since the last question's mark one that was left out on purpose, and drops the mark.
    private mutating func takeBack(upTo time: Double) throws {
        guard let question = analyzer.questions.last else { return }
        var renewed = InterviewEmotionAnalyzer(configuration: analyzer.configuration, clock: { 0 })
        let events = analyzer.frames.map(SessionEntry.frame) + analyzer.missed.map(SessionEntry.missed)
        for event in events.sorted(by: { $0.time < $1.time }) {
            if event.time >= question.start && event.time < time, let number = event.number {
                try renewed.addMissed(.sampling, frame: number, at: event.time)
            } else {
                try renewed.replay(event)
            }
        }
        for question in analyzer.questions.dropLast() { renewed.mark(question) }
        analyzer = renewed
    }

    static func json(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return [UInt8](try encoder.encode(value))
    }
}

extension SessionEntry {
    /// When it happened, in seconds since the session began.
    fileprivate var time: Double {
        switch self {
        case .frame(let frame): frame.timestamp
        case .missed(let missed): missed.timestamp
        case .question(let question): question.start
        }
    }

    /// The frame's number; nil for a question.
    fileprivate var number: Int? {
        switch self {
        case .frame(let frame): frame.frame
        case .missed(let missed): missed.frame
        case .question: nil
        }
    }
}
