import Emotions
import InterviewAnalysis
import Testing

@Suite struct StressEventTests {
    private func finding(
        in scores: [Double], interval: Double = 1, _ stress: StressConfiguration = StressConfiguration()
    ) throws -> StressFinding {
        try analyzer(scoring: scores, interval: interval, AnalyzerConfiguration(stress: stress)).summary().stress
    }

    private let calm = [Double](repeating: 0.8, count: 10)

    // Each value of the course is the median of three frames; the limits lie half way between two of them.
    @Test func givesAnEventItsOnsetPeakLengthAndEvidence() throws {
        let events = try finding(in: calm + [0.5, 0.4, 0.6, 0.6] + calm).events
        let event = try #require(events.first)
        #expect(events.count == 1)
        #expect(event.onset == 9.5)
        #expect(event.peak == 10)
        #expect(event.end == 13.5)
        #expect(event.durationSeconds == 4)
        #expect(event.frames == [10, 11, 12, 13])
        #expect(abs(event.baseline - 0.8) < 1e-12)
        #expect(abs(event.depth - 0.3) < 1e-12)
        #expect(event.neededDrop == 0.15)
        #expect(event.ending == .recovered)
    }

    // Between 0.65 (entry) and 0.725 (exit) the event goes on; without hysteresis these would be several.
    @Test func aTremblingScoreIsOneEvent() throws {
        let events = try finding(in: calm + [0.6, 0.6, 0.67, 0.7, 0.7, 0.6, 0.6] + calm).events
        #expect(events.count == 1)
        #expect(events.first?.frames == [10, 11, 12, 13, 14, 15, 16])
    }

    @Test func oneLowFrameIsNoEvent() throws {
        #expect(try finding(in: calm + [0.3] + calm) == .events([]))
    }

    @Test func smallDropsAreNoEvents() throws {
        #expect(try finding(in: calm + [0.66, 0.66, 0.66] + calm) == .events([]))
    }

    // A second and a half at least, whatever the step.
    @Test(arguments: [(1.2, 0), (1.8, 1)])
    func whatIsShorterThanItsLeastLengthIsSpeech(seconds: Double, count: Int) throws {
        let low = [Double](repeating: 0.4, count: Int(seconds * 25))
        let high = [Double](repeating: 0.8, count: 200)
        #expect(try finding(in: high + low + high, interval: 0.04).events.count == count)
    }

    // The same drop that counts for a calm face is nothing new for one that dips as deep all the time.
    @Test func aDropIsMeasuredByThePersonsOwnDips() throws {
        let drop = [Double](repeating: 0.5, count: 10)
        let steady = [Double](repeating: 0.8, count: 100)
        let dipping = (0..<100).map { $0 % 5 == 0 ? 0.4 : 0.8 }
        #expect(try finding(in: steady + drop + steady, interval: 0.2).events.count == 1)
        #expect(try finding(in: dipping + drop + dipping, interval: 0.2).events.isEmpty)
    }

    @Test func saysWhereThereIsNotEnoughData() throws {
        #expect(try finding(in: [0.8, 0.8, 0.8, 0.8, 0.8, 0.2]) == .notEnoughData)
        #expect(try finding(in: [0.8, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8]) == .events([]))
        // Frames too far apart to be compared: every one begins anew.
        #expect(try finding(in: calm + [0.2, 0.2], interval: 31) == .notEnoughData)
    }

    // The end of a smile is a return to the usual face.
    @Test func aReturnFromAboveTheUsualLevelIsNoStress() throws {
        let usual = [Double](repeating: 0.5, count: 60)
        let smile = [Double](repeating: 0.97, count: 30)
        #expect(try finding(in: usual + smile + usual) == .events([]))
        let stressed = usual + smile + [0.2, 0.2, 0.2, 0.2] + usual
        let event = try #require(try finding(in: stressed).events.first)
        #expect(event.frames == [90, 91, 92, 93])
        #expect(abs(event.baseline - 0.5) < 1e-12)
    }

    // Without a face for 8 s, where the rule of version 1 went on.
    @Test func anAbsenceEndsAnEvent() throws {
        var session = try analyzer(scoring: calm + [0.4, 0.4])
        for second in 12..<20 { try session.addMissed(.noFace, at: Double(second)) }
        for second in 20...40 { try session.add(emotions: face(scoring: second < 22 ? 0.4 : 0.8), at: Double(second)) }
        let events = session.summary().stress.events
        #expect(events.map(\.ending) == [.faceLost])
        #expect(events.first?.end == 11)
    }

    @Test func anEventEndsWithTheSession() throws {
        let event = try #require(try finding(in: calm + [0.4, 0.4]).events.first)
        #expect(event.ending == .sessionEnded)
        #expect(event.frames == [10, 11])
    }

    // A low look that lasts beyond a question's mark is an event of each.
    @Test func aQuestionEndsAnEvent() throws {
        var session = try analyzer(scoring: calm + [0.4, 0.4, 0.4, 0.4, 0.4, 0.4] + calm)
        session.mark(QuestionMarker(label: "One", start: 0))
        session.mark(QuestionMarker(label: "Two", start: 12.8))
        let summary = session.summary()
        #expect(summary.stress.events.map(\.ending) == [.questionEnded, .recovered])
        #expect(summary.stress.events.map(\.onset) == [9.5, 12.8])
        #expect(summary.stress.events.map(\.end) == [12.8, 15.5])
        #expect(summary.questions.map(\.stressEvents) == [1, 1])
    }

    // After 30 s the low face is the new normal, and a drop from there is a new event.
    @Test func aFaceThatStaysLowIsNoSpikeForever() throws {
        let low = [Double](repeating: 0.5, count: 50)
        let high = [Double](repeating: 0.8, count: 120)
        let events = try finding(in: high + low + [0.2, 0.2] + low).events
        #expect(events.map(\.ending) == [.settled, .recovered])
        #expect(events.first?.durationSeconds == 30)
        #expect(events.last?.onset == 169.5)
    }

    // A fall over one second at thirty frames a second: no frame lies 0.15 below its three predecessors.
    @Test func findsTheSameFallAtThirtyFramesASecond() throws {
        let fall = (1...30).map { 0.8 - 0.4 * Double($0) / 30 }
        let high = [Double](repeating: 0.8, count: 120)
        let low = [Double](repeating: 0.4, count: 60)
        let session = try analyzer(scoring: high + fall + low + high, interval: 1.0 / 30)
        #expect(session.stressSpikes.isEmpty == true)
        let events = session.summary().stress.events
        #expect(events.count == 1)
        #expect(abs((events.first?.onset ?? 0) - 4.5) < 0.35)
    }

    // 0.25 deep in a calm face, at every step that puts two frames into it: found, with its onset.
    @Test(arguments: [1.0 / 30, 0.1, 0.2, 0.5, 1], [2.0, 3, 5])
    func findsPlantedDropsAtEveryStep(step: Double, length: Double) throws {
        let times = stride(from: 0, to: 60, by: step).map { $0 }
        let scores = times.map { 30.3..<(30.3 + length + 0.001) ~= $0 ? 0.55 : 0.8 }
        let events = try finding(in: scores, interval: step).events
        #expect(events.count == 1)
        #expect(abs((events.first?.onset ?? 0) - 30.3) <= 0.7)
    }

    // What the classifier is not sure of counts less, so that half a second of speech does not tip the median.
    @Test func uncertainFramesCountLess() throws {
        var (sure, split) = (InterviewEmotionAnalyzer(clock: { 0 }), InterviewEmotionAnalyzer(clock: { 0 }))
        for index in 0..<300 {
            let speaks = index >= 150 && index < 200 && index % 5 > 1
            let low = EmotionScores([.sad: 0.7, .happy: 0.3])
            let doubtful = EmotionScores([.sad: 0.3, .angry: 0.2, .fear: 0.2, .happy: 0.15, .neutral: 0.15])
            try sure.add(emotions: speaks ? low : face(scoring: 1), at: Double(index) * 0.2)
            try split.add(emotions: speaks ? doubtful : face(scoring: 1), at: Double(index) * 0.2)
        }
        #expect(split.summary().stress.events.isEmpty)
        #expect(sure.summary().stress.events.count == 1)
    }
    // A file may ask for it; the report once looked at the first low frame for ever.
    @Test func eventsThatSettleAtOnceComeToAnEnd() throws {
        var rule = StressConfiguration()
        rule.maximumSeconds = 0
        let finding = try finding(in: calm + [0.3, 0.3, 0.3] + calm, rule)
        #expect(finding.events.isEmpty)
    }

    // Half a minute of a face that falls by half of the scale every few seconds: none of the falls stands out, but to
    // praise it for staying up would be wrong.
    @Test func aFaceThatFallsAllTheTimeIsNotPraisedForNotFalling() throws {
        let scores = (0..<150).map { $0 < 8 ? 0.15 : $0 % 20 < 8 ? 0.25 : 0.8 }
        let session = try analyzer(scoring: scores, interval: 0.2)
        let summary = session.summary()
        #expect(summary.stress == .events([]))
        #expect(summary.strengths.allSatisfy { $0.topic != .stress })
        let page = SessionReport(of: SessionRecord(of: session)).html()
        #expect(page.contains("No drop stood out from the usual ups and downs"))
        #expect(!page.contains("no sudden drop"))
        let calm = try analyzer(scoring: [Double](repeating: 0.8, count: 150), interval: 0.2).summary()
        #expect(calm.strengths.contains { $0.topic == .stress })
    }

    // Four seconds of a calm face and one without, again and again: of each four one can be compared with what was before.
    @Test func aSessionThatWasHardlySearchedIsNotSaidToHaveNoDrop() throws {
        var session = InterviewEmotionAnalyzer(clock: { 0 })
        for step in 0..<300 {
            let time = Double(step) / 5
            if step % 25 < 20 {
                try session.add(emotions: face(scoring: 0.8), at: time)
            } else {
                try session.addMissed(.noFace, at: time)
            }
        }
        let summary = session.summary()
        #expect(summary.stress == .events([]))
        #expect(summary.score.coverage.share == 0.8)
        #expect(abs(summary.judgedShare - 0.2) < 0.02)
        #expect(summary.strengths.allSatisfy { $0.topic != .stress })
        #expect(summary.value(of: .drops) == nil)
        let page = SessionReport(of: SessionRecord(of: session), goal: SessionGoal(.drops)).html()
        #expect(page.contains("Too little of the session could be judged"))
        #expect(!page.contains("There was no sudden drop") && page.contains("Cannot be said"))
    }

    // Ten seconds, of which the first three are the level that the others are compared with.
    @Test func thePraiseSaysOnHowMuchItRests() throws {
        let summary = try analyzer(scoring: [Double](repeating: 0.8, count: 50), interval: 0.2).summary()
        #expect(abs(summary.judgedShare - 0.7) < 0.02)
        let praise = try #require(summary.strengths.first { $0.topic == .stress })
        #expect(praise.advice.hasPrefix("In the 70\u{202F}% of the session that could be judged, "))
        #expect(try finding(in: [0.8, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8]) == .events([]))
        #expect(try analyzer(scoring: [0.8, 0.8, 0.8]).summary().judgedShare == 0)
    }
}
