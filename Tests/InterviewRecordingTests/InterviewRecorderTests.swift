import EmotionDetection
import InterviewAnalysis
import InterviewRecording
import Testing

@Suite struct InterviewRecorderTests {
    private typealias Face = ScriptedFrames.Face

    private func reasons(_ record: SessionRecord) -> [SkipReason] { record.missed.map(\.reason) }

    @Test func framesBeforeTheChoiceAreEnteredAfterIt() throws {
        var recorder = InterviewRecorder()
        let faces = [Face(id: 1, happy: 0.9), Face(id: 2, happy: 0.2)]
        for number in 0..<5 {
            let time = Double(number) * 0.25
            try recorder.record(ScriptedFrames.frame(at: time, .selecting, faces, candidate: 1))
            if number == 2 { try recorder.skip(at: time + 0.1) }
        }
        #expect(recorder.analyzer.frames.isEmpty)
        #expect(recorder.advice != nil)
        try recorder.record(ScriptedFrames.frame(at: 1.25, .locked(2), faces))
        #expect(recorder.analyzer.frames.map(\.timestamp) == [0, 0.25, 0.5, 0.75])
        let session = try recorder.finish()
        #expect(session.frames.map(\.timestamp) == [0, 0.25, 0.5, 0.75, 1, 1.25])
        #expect(session.frames.map(\.frame) == [0, 1, 2, 4, 5, 6])
        #expect(session.frames.allSatisfy { $0.faceID == 2 && $0.emotions[.happy] == 0.2 })
        #expect(reasons(session) == [.sampling])
    }

    @Test func adviceBeforeTheChoiceIsThatOfTheEnteredFrames() throws {
        var (held, decided) = (InterviewRecorder(), InterviewRecorder())
        for number in 0..<6 {
            let (time, face) = (Double(number) * 0.1, Face(id: 1, happy: 0.1 * Double(number)))
            try held.record(ScriptedFrames.frame(at: time, .selecting, [face], candidate: 1))
            try decided.record(ScriptedFrames.frame(at: time, .locked(1), [face]))
            #expect(held.advice == decided.advice)
        }
        #expect(try held.finish() == decided.finish())
    }

    @Test func oneFrameMakesASession() throws {
        var recorder = InterviewRecorder()
        try recorder.record(ScriptedFrames.frame(at: 0, .selecting, [Face(id: 1)], candidate: 1))
        let record = try recorder.finish(SessionDetails(title: "Short"))
        #expect(record.frames.count == 1)
        #expect(record.details.title == "Short")
        #expect(record.summary.score.value != nil)
        #expect(record.frames[0].signals == [FrameSignal.faceMotion: 0.1])
        #expect(record.frames[0].quality?.brightness == 1)
    }

    @Test func everyFrameWithoutAScoreSaysWhy() throws {
        var recorder = InterviewRecorder()
        func record(_ time: Double, _ state: IntervieweeLock.State, _ faces: [Face]) throws {
            try recorder.record(ScriptedFrames.frame(at: time, state, faces))
        }
        try record(0, .selecting, [])
        try record(1, .locked(1), [Face(id: 1), Face(id: 2)])
        try record(2, .absent(1, since: 2), [])
        try record(3, .absent(1, since: 2), [Face(id: 2, happy: nil)])
        try record(4, .unsure(1, .sharesPlace), [Face(id: 1, happy: nil, isCrowded: true)])
        try record(5, .unsure(1, .looksDifferent), [Face(id: 1, happy: nil)])
        try recorder.skip(at: 6)
        let session = try recorder.finish()
        #expect(reasons(session) == [.noFace, .noFace, .otherPerson, .crowded, .undecided, .sampling])
        #expect(session.summary.score.coverage.otherPerson == 2)
    }

    @Test func crowdedFramesAreLeftOutBeforeTheChoiceAsWell() throws {
        var recorder = InterviewRecorder()
        try recorder.record(
            ScriptedFrames.frame(at: 0, .selecting, [Face(id: 1, happy: nil, isCrowded: true)], candidate: 1))
        try recorder.record(ScriptedFrames.frame(at: 1, .selecting, [Face(id: 1)], candidate: 1))
        try recorder.record(ScriptedFrames.frame(at: 2, .locked(1), [Face(id: 1)]))
        let session = try recorder.finish()
        #expect(session.frames.map(\.timestamp) == [1, 2])
        #expect(reasons(session) == [.crowded])
    }

    @Test func faceThatComesInsteadIsEnteredOnceItIsTaken() throws {
        var recorder = InterviewRecorder()
        try recorder.record(ScriptedFrames.frame(at: 0, .locked(1), [Face(id: 1)]))
        try recorder.record(ScriptedFrames.frame(at: 1, .absent(1, since: 1), []))
        for time in [2.0, 3, 4] {
            try recorder.record(ScriptedFrames.frame(at: time, .absent(1, since: 1), [Face(id: 5)], candidate: 5))
        }
        #expect(recorder.analyzer.frames.count == 1)
        try recorder.record(
            ScriptedFrames.frame(at: 5, .locked(1), [Face(id: 1, isUncertain: true)], renamed: [5: 1]))
        let session = try recorder.finish()
        #expect(session.frames.map(\.timestamp) == [0, 2, 3, 4, 5])
        #expect(session.frames.map(\.identityUncertain) == [false, true, true, true, true])
        #expect(session.frames.allSatisfy { $0.faceID == 1 })
        #expect(reasons(session) == [.noFace])
    }

    @Test func knownFaceThatComesBackIsCertain() throws {
        var recorder = InterviewRecorder()
        try recorder.record(ScriptedFrames.frame(at: 0, .locked(1), [Face(id: 1)]))
        try recorder.record(ScriptedFrames.frame(at: 1, .absent(1, since: 1), [Face(id: 5)], candidate: 5))
        try recorder.record(ScriptedFrames.frame(at: 2, .locked(1), [Face(id: 1)], renamed: [5: 1]))
        #expect(try recorder.finish().frames.map(\.identityUncertain) == [false, false, false])
    }

    @Test func faceThatGoesAgainWasAnotherPersons() throws {
        var recorder = InterviewRecorder()
        try recorder.record(ScriptedFrames.frame(at: 0, .locked(1), [Face(id: 1)]))
        try recorder.record(ScriptedFrames.frame(at: 1, .absent(1, since: 1), [Face(id: 5)], candidate: 5))
        try recorder.record(ScriptedFrames.frame(at: 2, .absent(1, since: 1), []))
        #expect(reasons(try recorder.finish()) == [.otherPerson, .noFace])
    }

    @Test func faceAtTheEndIsPerhapsAnothers() throws {
        var recorder = InterviewRecorder()
        try recorder.record(ScriptedFrames.frame(at: 0, .locked(1), [Face(id: 1)]))
        try recorder.record(ScriptedFrames.frame(at: 5, .absent(1, since: 5), [Face(id: 5)], candidate: 5))
        let session = try recorder.finish()
        #expect(session.frames.map(\.identityUncertain) == [false, true])
        #expect(session.frames.map(\.faceID) == [1, 1])
    }

    // Somebody passes, is picked, and leaves; the one who stayed is the interviewee from the first frame on.
    @Test func whoeverOnlyPassedHasNoFrames() throws {
        let path = FilePaths.temporary("passing.jsonl")
        defer { FilePaths.remove(path) }
        var recorder = InterviewRecorder(
            journal: try SessionJournal(creating: path, configuration: AnalyzerConfiguration()))
        for number in 0..<30 {
            let time = Double(number) * 0.5
            let faces = (time < 3.6 ? [Face(id: 1, happy: 0.1)] : []) + [Face(id: 2, happy: 0.8)]
            let state: IntervieweeLock.State =
                time < 3 ? .selecting : time < 3.6 ? .locked(1) : time < 11.6 ? .absent(1, since: 4) : .locked(2)
            try recorder.record(
                ScriptedFrames.frame(
                    at: time, state, faces, candidate: time < 3 ? 1 : nil, isSettled: time >= 11.6))
            #expect(recorder.advice != nil)
        }
        let session = try recorder.finish()
        #expect(session.frames.count == 30)
        #expect(session.frames.allSatisfy { $0.faceID == 2 && $0.emotions[.happy] == 0.8 && !$0.identityUncertain })
        #expect(try SessionRecord(of: RecoveredSession(journal: path).analyzer) == session)
    }

    @Test func framesBeforeTheOneWhoStayedCameAreAnotherPersons() throws {
        var recorder = InterviewRecorder()
        for number in 0..<20 {
            let time = Double(number)
            let faces = (time < 3 ? [Face(id: 1)] : []) + (time >= 2 ? [Face(id: 2, isCrowded: time == 2)] : [])
            let state: IntervieweeLock.State =
                time < 1 ? .selecting : time < 3 ? .locked(1) : time < 11 ? .absent(1, since: 3) : .locked(2)
            try recorder.record(
                ScriptedFrames.frame(at: time, state, faces, candidate: time < 1 ? 1 : nil, isSettled: time >= 11))
        }
        let session = try recorder.finish()
        #expect(session.frames.map(\.timestamp) == (3..<20).map(Double.init))
        #expect(reasons(session) == [.otherPerson, .otherPerson, .crowded])
    }

    // An absence that begins before the choice stands is entered as it was once they are back.
    @Test func whoeverComesBackBeforeTheChoiceStandsKeepsTheirFrames() throws {
        var recorder = InterviewRecorder()
        let states: [IntervieweeLock.State] = [
            .selecting, .locked(1), .unsure(1, .looksDifferent), .absent(1, since: 3), .locked(1), .locked(1),
        ]
        for (number, state) in states.enumerated() {
            let faces = number == 3 ? [Face(id: 2)] : [Face(id: 1)]
            try recorder.record(
                ScriptedFrames.frame(
                    at: Double(number), state, faces, candidate: number == 0 ? 1 : nil, isSettled: number == 5))
        }
        let session = try recorder.finish()
        #expect(session.frames.map(\.timestamp) == [0, 1, 4, 5])
        #expect(reasons(session) == [.undecided, .otherPerson])
        #expect(session.frames.allSatisfy { !$0.identityUncertain })
    }

    @Test func hintSpeaksOfWhatIsSeen() throws {
        var recorder = InterviewRecorder()
        #expect(recorder.hint == nil)
        try recorder.record(ScriptedFrames.frame(at: 0, .selecting, [Face(id: 1, happy: 0.9)], candidate: 1))
        #expect(recorder.hint == "Go on like this.")
    }

    /// Two tenths of a second of two people, then the other's head before the interviewee's, then two of both again.
    @Test(arguments: [IntervieweeLock.State.unsure(1, .sharesPlace), .absent(1, since: 1)])
    func whatIsCoveredShortlyBeforeAndAfterAnotherHeadIsLeftOut(state: IntervieweeLock.State) throws {
        var recorder = InterviewRecorder()
        for number in 0..<30 {
            let time = Double(number) / 10
            if (10...12).contains(number) {
                let isAbsent = state == .absent(1, since: 1)
                let face = isAbsent ? Face(id: 2) : Face(id: 1, happy: nil, isCrowded: true)
                try recorder.record(ScriptedFrames.frame(at: time, state, [face]))
            } else {
                try recorder.record(ScriptedFrames.frame(at: time, .locked(1), [Face(id: 1)]))
            }
        }
        let session = try recorder.finish()
        // Four tenths of a second to both sides of the three frames.
        let missed = Set(session.missed.map { Int(($0.timestamp * 10).rounded()) })
        #expect(missed.isSuperset(of: 7...15) && missed.isSubset(of: 6...16))
        #expect(Set(reasons(session)).subtracting([.otherPerson]) == [.crowded])
        #expect(session.frames.count + session.missed.count == 30)
    }

    // Somebody who sits elsewhere covers nothing.
    @Test func anAbsenceBesideSomebodyElseCostsNothingMore() throws {
        var recorder = InterviewRecorder()
        for number in 0..<20 {
            let other = Face(id: 2, happy: nil, x: 500)
            let faces = number < 10 ? [Face(id: 1), other] : [other]
            let state: IntervieweeLock.State = number < 10 ? .locked(1) : .absent(1, since: 1)
            try recorder.record(ScriptedFrames.frame(at: Double(number) / 10, state, faces))
        }
        #expect(reasons(try recorder.finish()) == [SkipReason](repeating: .otherPerson, count: 10))
    }

    @Test func aFrameWhoseTimeDoesNotRiseIsLeftOut() throws {
        var recorder = InterviewRecorder()
        try recorder.record(ScriptedFrames.frame(at: 1, .locked(1), [Face(id: 1)]))
        #expect(throws: AnalyzerError.timestampNotRising(previous: 1, given: 1)) {
            try recorder.record(ScriptedFrames.frame(at: 1, .locked(1), [Face(id: 1)]))
        }
        try recorder.record(ScriptedFrames.frame(at: 1.1, .locked(1), [Face(id: 1)]))
        #expect(try recorder.finish().frames.map(\.timestamp) == [1, 1.1])
    }

    @Test func holdingEnds() throws {
        var recorder = InterviewRecorder()
        for number in 0..<400 {
            let faces = number.isMultiple(of: 3) ? [Face(id: number)] : []
            try recorder.record(
                ScriptedFrames.frame(at: Double(number) * 0.1, .selecting, faces, candidate: faces.first?.id))
        }
        let entered = recorder.analyzer.missed
        #expect((94...98).contains(entered.count))
        #expect((31...34).contains(entered.count { $0.reason == .undecided }))
        #expect(try recorder.finish().missed.count + recorder.analyzer.frames.count == 400)
    }

    @Test func journalHoldsWhatTheSessionHolds() throws {
        let path = FilePaths.temporary("journal.jsonl")
        defer { FilePaths.remove(path) }
        var recorder = InterviewRecorder(
            journal: try SessionJournal(creating: path, configuration: AnalyzerConfiguration()))
        recorder.mark(QuestionMarker(label: "Why?", start: 0))
        for number in 0..<4 {
            let state: IntervieweeLock.State = number < 3 ? .selecting : .locked(1)
            try recorder.record(
                ScriptedFrames.frame(at: Double(number), state, [Face(id: 1)], candidate: number < 3 ? 1 : nil))
        }
        let session = try recorder.finish()
        let recovered = try RecoveredSession(journal: path)
        #expect(SessionRecord(of: recovered.analyzer) == session)
        #expect(session.frames.count == 4)
    }
}
