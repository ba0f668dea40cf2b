public import EmotionDetection
public import InterviewAnalysis

/// Turns what a ``VideoEmotionSession`` sees in each frame into the session of an interview, from the first frame on.
///
/// ```swift
/// var session = VideoEmotionSession(try EmotionDetector(.init(faceDetector: .webcam)))
/// var recorder = InterviewRecorder()
/// for (number, frame) in frames.enumerated() {
///     try recorder.record(session.analyze(frame.image, at: frame.seconds), number: number)
///     if let advice = recorder.advice { show(advice.confidenceLevel, advice.advice) }
/// }
/// let record = try recorder.finish()
/// ```
///
/// Only faces that are the interviewee's are scored. While it is open whose a face is, and until the interviewee was seen
/// for so long that they did not only pass, observations are held, at most half a minute, and entered once a later frame
/// has decided; what is decided is kept back for 0.4 s, in which another head may turn out to have covered the face.
/// Frames without a score say why (`InterviewAnalysis.SkipReason`). Where the look was lost and the only face in view was
/// taken for the interviewee's, its frames are marked as perhaps another person's.
///
/// A value with one owner. It keeps the entries of the session, some hundreds of bytes a frame, and no picture.
public struct InterviewRecorder {
    /// Everything that is decided; held frames come into it later, those of the whole session with ``finish(_:)``.
    public private(set) var analyzer: InterviewEmotionAnalyzer
    /// What to tell the person about the latest frame that shows them, or, while it is open who that is, about the
    /// candidate's. Nil until somebody was scored.
    public private(set) var advice: FrameAnalysis?
    /// One thing to try now, from the frames that ``advice`` speaks of; nil until somebody was scored.
    public var hint: String? { (provisional ?? analyzer).hint }
    /// Why the journal takes no more entries; the session goes on without it. Nil where there is none or all is well.
    public private(set) var journalFailure: SessionError?
    private let journal: SessionJournal?
    private var held: [HeldFrame] = []
    private var decided = DecidedFrames()
    /// Who would be chosen now, and what an analyzer says of them that knows the held frames only.
    private var candidate: Int?
    private var provisional: InterviewEmotionAnalyzer?
    /// Whose face was scored first; that of anybody chosen later is perhaps another person's.
    private var firstPerson: Int?
    private var state = IntervieweeLock.State.selecting
    /// Whether the choice in ``state`` stands.
    private var isSettled = false

    /// Frames are held for no longer than this, in seconds; only faces that come and go at once take so long, and somebody
    /// who was picked and leaves after a moment.
    private static let longestHold = 30.0

    /// - Parameter journal: a file that gets each entry as soon as it is decided, and so survives a crash but for the
    ///   frames that are held.
    public init(
        configuration: AnalyzerConfiguration = AnalyzerConfiguration(), journal: SessionJournal? = nil
    ) {
        analyzer = InterviewEmotionAnalyzer(configuration: configuration, clock: { 0 })
        self.journal = journal
    }

    /// Goes on with a session that was recovered from its journal.
    public init(resuming session: RecoveredSession, journal: SessionJournal? = nil) {
        analyzer = session.analyzer
        self.journal = journal
    }

    /// Takes in a frame that was looked at.
    ///
    /// - Parameter number: of the frame in its video; one more than that of the frame before where it is left out.
    /// - Throws: `AnalyzerError` where times or numbers do not rise.
    public mutating func record(_ frame: VideoFrame, number: Int? = nil) throws {
        for (young, old) in frame.renamed {
            let isUncertain = frame.faces.first { $0.id == old }?.isIdentityUncertain ?? false
            for index in held.indices { held[index].rename(young, to: old, isUncertain: isUncertain) }
            if candidate == young { candidate = old }
        }
        var entry = HeldFrame(frame, number: number ?? nextNumber)
        // Whoever was picked before and gives way only passed: the one who stayed is the first person.
        if !isSettled, frame.intervieweeState.interviewee != state.interviewee { firstPerson = nil }
        (state, isSettled) = (frame.intervieweeState, frame.isChoiceSettled)
        if let id = state.interviewee, !frame.isChoiceSettled {
            if case .unsure(_, let doubt) = state { entry.leaveOut(id, because: doubt.skipReason) }
            return try hold(entry, for: frame.candidate ?? id)
        }
        switch state {
        case .selecting:
            try hold(entry, for: frame.candidate)
        case .locked(let id):
            try release(to: id)
            try enter(entry, as: entry.content(of: id), of: id)
        case .unsure(let id, let doubt):
            try release(to: id)
            try enter(entry, as: .missed(doubt.skipReason), of: id)
        case .absent(let id, _):
            if frame.candidate != candidate { try release(to: id) }
            if let candidate = frame.candidate {
                try hold(entry, for: candidate)
            } else {
                try enter(entry, as: entry.content(of: id), of: id)
            }
        }
    }

    /// Takes in a frame that was left out on purpose.
    ///
    /// - Parameter meshes: what `VideoEmotionSession.follow(_:)` saw in it all the same; the interviewee's is kept.
    /// - Throws: as ``record(_:number:)``.
    public mutating func skip(number: Int? = nil, at seconds: Double, following meshes: [Int: MeshedFace] = [:]) throws
    {
        let entry = HeldFrame(skipped: number ?? nextNumber, at: seconds, meshes: meshes)
        guard held.isEmpty else { return held.append(entry) }
        var person: Int?
        if case .locked(let id) = state { person = id }
        try enter(entry, as: .missed(.sampling), of: person)
    }

    /// Marks where a question begins.
    public mutating func mark(_ question: QuestionMarker) {
        analyzer.mark(question)
        note(.question(question))
    }

    /// Decides about the frames that are still held with what there is, ends the journal and gives the session.
    ///
    /// Somebody who was in view for a moment only is taken for the interviewee where nobody else is; a face that came
    /// instead of theirs too late to be sure is entered as perhaps another person's.
    /// - Throws: as ``record(_:number:)``; a journal that cannot be ended is told by ``journalFailure``.
    @discardableResult
    public mutating func finish(_ details: SessionDetails = SessionDetails()) throws -> SessionRecord {
        let person = state.interviewee ?? candidate
        if let candidate, let person {
            for index in held.indices { held[index].rename(candidate, to: person, isUncertain: true) }
        }
        try release(to: person)
        for entry in decided.removeAll() {
            try analyzer.enter(entry)
            note(entry)
        }
        if journalFailure == nil {
            do { try journal?.finish(endedEarly: details.endedEarly == true) } catch { journalFailure = error }
        }
        return SessionRecord(of: analyzer, details: details)
    }

    private var nextNumber: Int {
        let known = [
            held.last?.number, decided.entries.last?.number, analyzer.frames.last?.frame, analyzer.missed.last?.frame,
        ]
        return (known.compactMap { $0 }.max() ?? -1) + 1
    }

    private mutating func hold(_ entry: HeldFrame, for candidate: Int?) throws {
        // Before anybody was seen there is nothing to wait for.
        if held.isEmpty, candidate == nil { return try enter(entry, as: entry.content(of: nil), of: nil) }
        if candidate != self.candidate { (self.candidate, provisional) = (candidate, nil) }
        held.append(entry)
        if let candidate, case .scored(let observation) = entry.content(of: candidate) {
            var analyzer =
                provisional ?? InterviewEmotionAnalyzer(configuration: analyzer.configuration, clock: { 0 })
            advice = try analyzer.add(observation, frame: entry.number, at: entry.timestamp)
            provisional = analyzer
        }
        while let first = held.first, entry.timestamp - first.timestamp > Self.longestHold {
            try enter(held.removeFirst(), as: first.content(of: state.interviewee), of: state.interviewee)
        }
    }

    /// Enters the held frames as `person`'s.
    private mutating func release(to person: Int?) throws {
        let entries = held
        (held, candidate, provisional) = ([], nil, nil)
        for entry in entries { try enter(entry, as: entry.content(of: person), of: person) }
    }

    /// Takes in a frame of which it is decided what it shows of `person`.
    private mutating func enter(_ frame: HeldFrame, as content: HeldFrame.Content, of person: Int?) throws {
        var content = content
        if case .scored(var observation) = content {
            firstPerson = firstPerson ?? person
            observation.faceID = Int32(clamping: person ?? 0)
            if person != firstPerson { observation.identityUncertain = true }
            content = .scored(observation)
        }
        // Asked first: a frame that the analyzer refuses is left out.
        let answer = try answer(to: DecidedFrames.Entry(frame, content, of: person))
        for entry in decided.append(frame, content, of: person) {
            try analyzer.enter(entry)
            note(entry)
        }
        if let answer, case .scored = decided.entries.last?.content { advice = answer }
    }

    /// What the analyzer will say of a frame once it knows the decided ones.
    private func answer(to entry: DecidedFrames.Entry) throws -> FrameAnalysis? {
        var preview = analyzer.withoutHistory
        for known in decided.entries { try preview.enter(known) }
        return try preview.enter(entry)
    }

    private mutating func note(_ entry: DecidedFrames.Entry) {
        switch entry.content {
        case .scored: if let frame = analyzer.frames.last { note(.frame(frame)) }
        case .missed: if let missed = analyzer.missed.last { note(.missed(missed)) }
        }
    }

    private mutating func note(_ entry: SessionEntry) {
        guard journalFailure == nil else { return }
        do { try journal?.append(entry) } catch { journalFailure = error }
    }
}

extension IntervieweeLock.Doubt {
    /// Why a frame in doubt has no score.
    fileprivate var skipReason: SkipReason {
        switch self {
        case .sharesPlace: .crowded
        case .looksDifferent: .undecided
        }
    }
}

extension InterviewEmotionAnalyzer {
    /// The answer to a scored frame; nil for one without a score.
    @discardableResult
    fileprivate mutating func enter(_ entry: DecidedFrames.Entry) throws -> FrameAnalysis? {
        switch entry.content {
        case .scored(let observation): return try add(observation, frame: entry.number, at: entry.timestamp)
        case .missed(let reason):
            try addMissed(reason, movements: entry.movements, frame: entry.number, at: entry.timestamp)
            return nil
        }
    }
}
