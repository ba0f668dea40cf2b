import Foundation
import Testing

@testable import InterviewAnalysis

/// Every measure of what a face did, on faces that are made so that the truth is known.
@Suite struct MovementTests {
    private func looking(_ series: MovementSeries) -> CameraLooking? {
        CameraLooking(series, angles: CameraLooking.angles(in: series))
    }

    // MARK: Eyes

    private static let blinks = [2.0, 5.5, 9.1, 9.7, 20, 33.3, 47, 55]

    @Test(arguments: [24.0, 30, 60])
    func countsPlantedBlinks(rate: Double) throws {
        let lids = bump(at: Self.blinks, seconds: 0.3)
        let made = MadeMovements([.blinkLeft: { 0.1 + 0.7 * lids($0) }, .blinkRight: { 0.1 + 0.6 * lids($0) }])
        let found = try #require(BlinkCount(made.series(rate: rate)))
        #expect(found.times.count == Self.blinks.count)
        for (time, planted) in zip(found.times, Self.blinks) { #expect(abs(time - planted) < 1.5 / rate) }
        #expect(found.rate.count == 8 && abs(found.rate.value - 8) < 0.01)
        #expect(found.rate.lower < 8 && found.rate.upper > 8)
        #expect(found.shut.isEmpty)
    }

    @Test func whatIsNoBlinkIsNotCounted() throws {
        // Eyes that look down for three seconds, and eyes that are shut for one.
        let down = plateau([10...13], low: 0, high: 0.3), shut = plateau([30...31], low: 0, high: 0.8)
        let lids = { @Sendable (time: Double) in 0.1 + down(time) + shut(time) }
        let found = try #require(BlinkCount(MadeMovements([.blinkLeft: lids, .blinkRight: lids]).series()))
        #expect(found.times.isEmpty)
        #expect(found.rate.value == 0 && found.rate.upper > 3 && found.rate.upper < 4)
        #expect(found.shut.count == 1)
        #expect(try abs(#require(found.shut.first).start - 30) < 0.1)
        // One eye that winks.
        let wink = MadeMovements([.blinkLeft: bump(at: [10, 20], seconds: 0.3)]).series()
        #expect(try #require(BlinkCount(wink)).times.isEmpty)
        // Trembling lids.
        let noise = { @Sendable (time: Double) in 0.15 + 0.05 * sin(time * 40) }
        let trembling = MadeMovements([.blinkLeft: noise, .blinkRight: noise]).series()
        #expect(try #require(BlinkCount(trembling)).times.isEmpty)
    }

    // Below 15 frames a second a blink falls between two of them: nothing is counted, and that is said.
    @Test(arguments: [6.0, 2, 0.5])
    func blinksAreNotCountedInTooFewFrames(rate: Double) throws {
        #expect(BlinkCount(MadeMovements.still.series(rate: rate)) == nil)
        let movements = try #require(try MadeMovements.still.session(rate: rate, step: 1).summary.movements)
        #expect(movements.blinks == nil && movements.unmet.contains(.blinks))
        let line = try #require(movements.lines.first { $0.name == "Blinks" })
        #expect(line.text == "not counted" && (line.note ?? "").contains("15 frames a second"))
    }

    // Lids that come up slowly, as those of most people do, still blink; a blink that is cut off is none.
    @Test func slowAndCutBlinksAreTold() throws {
        let slow = { @Sendable (time: Double) -> Double in
            let since = time - 10
            return since < 0 || since > 1
                ? 0 : since < 0.1 ? since * 7 : since < 0.3 ? 0.7 : max(0, 0.3 - 0.4 * (since - 0.3))
        }
        let cut = { @Sendable (time: Double) -> Double in time < 0.15 || time > 59.9 ? 0.7 : 0 }
        let lids = { @Sendable (time: Double) in 0.1 + slow(time) + cut(time) }
        let found = try #require(BlinkCount(MadeMovements([.blinkLeft: lids, .blinkRight: lids]).series()))
        #expect(found.times.count == 1)
        #expect(try abs(#require(found.times.first) - 10.1) < 0.1)
    }

    // A head that is turned aside hides its lids: that time is not searched.
    @Test func blinksOfATurnedHeadAreNotSearchedFor() throws {
        let lids = bump(at: Self.blinks, seconds: 0.3), turn = plateau([0...30], low: 0, high: 40)
        let made = MadeMovements([.blinkLeft: lids, .blinkRight: lids, .yaw: turn])
        let found = try #require(BlinkCount(made.series()))
        #expect(found.times.count == 3)
        #expect(abs(found.rate.seconds - 30) < 0.1)
    }

    @Test func lookingAwayIsMeasured() throws {
        // The head turns for four seconds, the eyes alone for three, both against each other never.
        let head = plateau([10...14], low: 0, high: 25), eyes = plateau([30...33], low: 0, high: -25)
        let counter = plateau([45...48], low: 0, high: 20)
        let made = MadeMovements([
            .yaw: { head($0) + counter($0) }, .gazeYaw: { eyes($0) - counter($0) },
        ])
        let found = try #require(looking(made.series()))
        #expect(abs(found.share.value - 53.0 / 60) < 0.01)
        #expect(found.share.lower < found.share.value && found.share.upper > found.share.value)
        #expect(found.away.count == 2)
        let longest = try #require(found.longestAway)
        #expect(abs(longest.start - 10) < 0.2 && abs(longest.end - 14) < 0.2)
    }

    @Test func aDirectionAtTheLimitHasAWideInterval() throws {
        let (near, far) = (MadeMovements([.yaw: { _ in 14 }]), MadeMovements([.yaw: { _ in 5 }]))
        #expect(try #require(looking(near.series())).share.lower < 0.05)
        #expect(try #require(looking(far.series())).share.lower > 0.9)
    }

    // Whoever sits above the camera looks down at it, and is seen from below, all the time.
    @Test func theHeightOfTheCameraIsTakenOff() throws {
        let down = plateau([20...30], low: 18, high: -4)
        let found = try #require(looking(MadeMovements([.pitch: down]).series()))
        #expect(abs(found.share.value - 50.0 / 60) < 0.02)
        #expect(found.away.count == 1)
    }

    @Test func shutEyesLookWhereTheyLooked() throws {
        let lids = plateau([10...12], low: 0.1, high: 0.9), eyes = plateau([10...12], low: 0, high: -40)
        let made = MadeMovements([.blinkLeft: lids, .blinkRight: lids, .gazePitch: eyes])
        #expect(try #require(looking(made.series())).share.value == 1)
    }

    // MARK: Mouth and brows

    @Test func smilesAreFoundAgainstTheOwnFaceAtRest() throws {
        let smile = plateau([2...4, 30...33.2, 57...59], low: 0.2, high: 0.7)
        let made = MadeMovements([.smileLeft: { min(1, smile($0) + 0.1) }, .smileRight: smile])
        let found = try #require(SmileReview(made.series()))
        #expect(found.smiles.count == 3)
        #expect(abs(found.resting - 0.25) < 0.01)
        #expect(abs(found.share.value - 7.2 / 60) < 0.01)
        #expect(found.atGreeting == true && found.atEnd == true)
        let first = try #require(found.smiles.first)
        #expect(abs(first.start - 2) < 0.1 && abs(first.end - 4) < 0.15 && abs(first.peak - 0.75) < 0.01)
        #expect(abs(first.balance - 0.1) < 0.01)
        #expect(try #require(first.onsetSeconds) < 0.2)
        // Somebody whose mouth rests at what is another's smile does not smile all the time.
        let high = MadeMovements([.smileLeft: { _ in 0.3 }, .smileRight: { _ in 0.3 }])
        #expect(try #require(SmileReview(high.series())).smiles.isEmpty)
        // Somebody who smiles throughout does.
        let throughout = MadeMovements([.smileLeft: { _ in 0.8 }, .smileRight: { _ in 0.8 }])
        #expect(try #require(SmileReview(throughout.series())).share.value == 1)
    }

    @Test func inFewFramesTheShareOfSmilesIsKnownAndTheirNumberIsNot() throws {
        let smile = plateau([0...30], low: 0.05, high: 0.7)
        let made = MadeMovements([.smileLeft: smile, .smileRight: smile])
        let found = try #require(SmileReview(made.series(rate: 0.5)))
        #expect(found.smiles.isEmpty)
        #expect(abs(found.share.value - 0.5) < 0.06)
        #expect(found.share.upper - found.share.lower > 0.25)
    }

    @Test func browsAreCountedAgainstWhereTheyRest() throws {
        let made = MadeMovements([
            .browsUp: plateau([5...6, 20...20.5], low: 0.3, high: 0.7),
            .browsDown: plateau([40...43], low: 0.1, high: 0.6),
        ])
        let found = try #require(BrowReview(made.series()))
        #expect(found.raised.spans.count == 2 && found.lowered.spans.count == 1)
        #expect(abs(found.raised.resting - 0.3) < 0.01)
        #expect(try abs(#require(found.lowered.spans.first).start - 40) < 0.2)
        #expect(BrowReview(made.series(rate: 2)) == nil)
    }

    private static let speech: @Sendable (Double) -> Double = { time in
        (10...25).contains(time) || (40...50).contains(time) ? 0.08 + 0.06 * sin(time * 2 * .pi * 4) : 0.02
    }

    @Test(arguments: [10.0, 24, 30])
    func talkingIsToldFromSilence(rate: Double) throws {
        let made = MadeMovements([.mouthOpening: Self.speech])
        let found = try #require(Talking(made.series(rate: rate)))
        #expect(found.stretches.count == 2)
        #expect(abs(found.share.value - 25.0 / 60) < 0.04)
        #expect(try abs(#require(found.stretches.first).start - 10) < 0.6)
        #expect(found.share(from: 12, to: 20) == 1 && found.share(from: 30, to: 35) == 0)
        #expect(abs(found.share(from: 20, to: 30) - 0.5) < 0.06)
        // A mouth that stays open, or opens slowly, does not talk.
        let open = MadeMovements([.mouthOpening: { 0.2 + 0.1 * sin($0 / 10) }])
        #expect(try #require(Talking(open.series(rate: rate))).stretches.isEmpty)
        // A mouth that opens with a smile every two seconds does not either.
        let smiles = MadeMovements([.mouthOpening: { 0.1 + 0.1 * sin($0 * .pi) }])
        #expect(try #require(Talking(smiles.series(rate: rate))).stretches.isEmpty)
        #expect(Talking(made.series(rate: 6)) == nil)
    }

    @Test func dropsOfTheScoreAreJudgedWithAndWithoutSpeech() throws {
        let made = MadeMovements([.mouthOpening: Self.speech])
        let record = try made.session { time in (15...18).contains(time) || (30...33).contains(time) ? 0.3 : 0.8 }
        let movements = try #require(record.summary.movements)
        #expect(record.summary.stress.events.count == 2)
        #expect(movements.drops.map(\.onset) == record.summary.stress.events.map(\.onset))
        #expect(movements.drops.map(\.talkingShare) == [1, 0])
        let scores = try #require(movements.speechScores)
        #expect(try abs(#require(scores.talking).score - (0.8 - 0.5 * 3 / 25)) < 0.02)
        #expect(try abs(#require(scores.silent).score - (0.8 - 0.5 * 3 / 35)) < 0.02)
        let words = movements.lines.filter { $0.name.hasPrefix("Drop") }.map(\.text)
        #expect(words == ["while talking", "while the mouth was at rest"])
    }

    // MARK: Head

    @Test func nodsAndShakesAreCounted() throws {
        func wave(_ from: Double, _ seconds: Double, _ degrees: Double) -> @Sendable (Double) -> Double {
            { (from...(from + seconds)).contains($0) ? degrees * sin(($0 - from) * 2 * .pi * 2) : 0 }
        }
        let (nod, shake) = (wave(10, 1.5, 4), wave(30, 1.5, 6))
        let drift = { @Sendable (time: Double) in 8 * sin(time / 3) }
        let made = MadeMovements([
            .pitch: { nod($0) - 4 }, .yaw: shake, .roll: drift,
        ])
        let head = HeadGestures(made.series())
        let (nods, shakes) = (try #require(head.nods), try #require(head.shakes))
        #expect(nods.spans.count == 1 && shakes.spans.count == 1)
        #expect(try abs(#require(nods.spans.first).start - 10) < 0.3)
        #expect(try abs(#require(shakes.spans.first).start - 30) < 0.3)
        // A head that goes up and down slowly does not nod.
        let slow = MadeMovements([.pitch: { 8 * sin($0 * 2 * .pi / 3) }])
        #expect(try #require(HeadGestures(slow.series()).nods).spans.isEmpty)
        let few = HeadGestures(made.series(rate: 6))
        #expect(few.nods == nil && few.shakes == nil && few.still != nil)
    }

    @Test func aStillHeadIsToldFromAMovingOne() throws {
        let made = MadeMovements([.yaw: { $0 < 40 ? 0.5 * sin($0 * 9) : 10 * sin($0 * 4) }])
        #expect(try abs(#require(HeadGestures(made.series()).still).value - 40.0 / 60) < 0.03)
        #expect(HeadGestures(made.series(rate: 2)).still == nil)
    }

    @Test func aTurnedHeadIsToldFromWhereItMostlyWas() throws {
        let made = MadeMovements([
            .yaw: plateau([10...13], low: 5, high: 30), .roll: plateau([30...32], low: -2, high: -24),
            .pitch: plateau([50...50.5], low: 10, high: -20),
        ])
        let found = try #require(HeadTurns(made.series()))
        #expect(found.stretches.map(\.direction) == [.right, .tiltedLeft])
        #expect(try abs(#require(found.stretches.first).degrees - 25) < 0.1)
        #expect(try abs(#require(found.stretches.first).start - 10) < 0.2)
    }

    @Test func leaningNearerAndBackIsFound() throws {
        let (near, far) = (plateau([10...14], low: 0, high: 20), plateau([30...35], low: 0, high: -18))
        let made = MadeMovements([.eyeSpan: { 100 + near($0) + far($0) }])
        let found = try #require(Leaning(made.series()))
        #expect(found.stretches.map { $0.change > 0 } == [true, false])
        #expect(try abs(#require(found.stretches.first).change - 0.2) < 0.01)
        #expect(try abs(#require(found.stretches.last).start - 30) < 0.3)
    }

    // MARK: The whole

    // What lies between two frames without a mesh is no stretch of anything.
    @Test func nothingReachesOverAGap() throws {
        let smile = plateau([10...20], low: 0.05, high: 0.7)
        let made = MadeMovements([.smileLeft: smile, .smileRight: smile])
        let series = made.series { !(13...16).contains($0) }
        #expect(series.runs.count == 2 && abs(series.seconds - 57) < 0.2)
        let found = try #require(SmileReview(series))
        #expect(found.smiles.count == 2)
        #expect(found.smiles.allSatisfy { $0.end <= 13.1 || $0.start >= 15.9 })
    }

    @Test func eachQuestionHasItsOwn() throws {
        let turn = plateau([30...45], low: 0, high: 30), lids = bump(at: [5, 10, 40], seconds: 0.3)
        let made = MadeMovements([
            .yaw: turn, .blinkLeft: lids, .blinkRight: lids, .smileLeft: plateau([35...37], low: 0, high: 0.8),
            .smileRight: plateau([35...37], low: 0, high: 0.8), .mouthOpening: Self.speech,
        ])
        let record = try made.session(questions: [.init(label: "A", start: 0), .init(label: "B", start: 30)])
        let questions = try #require(record.summary.movements).questions
        #expect(questions.map(\.label) == ["A", "B"])
        #expect(questions.map { $0.smilingShare == 0 } == [true, false])
        #expect(try abs(#require(questions[1].smilingShare) - 2.0 / 30) < 0.01)
        #expect(questions.map { $0.blinks?.count } == [2, 1])
        #expect(try #require(questions[0].looking).value == 1)
        #expect(try abs(#require(questions[1].looking).value - 0.5) < 0.02)
        #expect(try abs(#require(questions[0].talkingShare) - 0.5) < 0.05)
    }

    @Test func aSessionWithoutMeshesHasNone() throws {
        let record = SessionRecord(of: try analyzer(scoring: [Double](repeating: 0.7, count: 20)))
        #expect(record.summary.movements == nil)
        let text = String(decoding: try record.json(), as: UTF8.self)
        #expect(!text.contains("\"movements\""))
        #expect(!SessionReport(of: record).html().contains("id=\"movements\""))
    }

    @Test func theSummarySurvivesItsFile() throws {
        let record = try MadeMovements([.mouthOpening: Self.speech]).session(seconds: 20)
        #expect(record.summary.movements != nil)
        #expect(try SessionRecord(json: record.json()) == record)
    }

    @Test func theReportSaysWhatWasMeasured() throws {
        let lids = bump(at: Self.blinks, seconds: 0.3)
        let made = MadeMovements([.blinkLeft: lids, .blinkRight: lids, .mouthOpening: Self.speech])
        let html = SessionReport(of: try made.session()).html()
        for words in [
            "What your face and head did", "8 blinks in 1\u{A0}min", "lips moved as in speech", "30 a second",
        ] {
            #expect(html.contains(words), "\(words)")
        }
        for claim in ["nervous", "honest", "feels", "anxious", "attentive"] {
            let start = try #require(html.range(of: "id=\"movements\"")).lowerBound
            let end = try #require(html.range(of: "</section>", range: start..<html.endIndex)).lowerBound
            #expect(!html[start..<end].contains(claim), "\(claim)")
        }
    }

    // Wilson's interval by its formula in another's hands: 8 of 10 has 0.4902 to 0.9433.
    @Test func intervalsAreThoseOfTheBooks() throws {
        let share = try #require(MeasuredShare(0.8, rows: 10, seconds: 100))
        #expect(abs(share.lower - 0.4902) < 0.0005 && abs(share.upper - 0.9433) < 0.0005)
        // Thirty frames of one second are one look or two.
        let short = try #require(MeasuredShare(0.8, rows: 30, seconds: 1))
        #expect(short.upper - short.lower > 0.6)
        // The exact interval of a Poisson count of 10 is 4.795 to 18.39.
        let rate = try #require(MeasuredRate(count: 10, seconds: 60))
        #expect(abs(rate.lower - 4.795) < 0.02 && abs(rate.upper - 18.39) < 0.02)
        #expect(MeasuredRate(count: 0, seconds: 0) == nil && MeasuredShare(0.5, rows: 0, seconds: 1) == nil)
    }

    // Every number that is printed has its range, and every moment can be looked up in the video.
    @Test func momentsAndRangesStandBesideTheNumbers() throws {
        let turn = plateau([10...14], low: 0, high: 30), shut = plateau([30...32], low: 0.1, high: 0.9)
        let smile = plateau([40...42, 50...53], low: 0.05, high: 0.7)
        let made = MadeMovements([
            .yaw: turn, .blinkLeft: shut, .blinkRight: shut, .smileLeft: smile, .smileRight: smile,
        ])
        let lines = try #require(try made.session().summary.movements).lines
        func line(_ name: String) throws -> MovementSummary.Line { try #require(lines.first { $0.name == name }) }
        #expect(try line("Towards the camera").text.contains("93\u{202F}%"))
        #expect(try line("Towards the camera").note?.contains(" to ") == true)
        #expect(try line("Head turned").text.contains("to the right by 30° 0:10.0–0:1"))
        #expect(try line("Blinks").text.contains("eyes shut or down for longer 0:30.0–0:32"))
        #expect(try line("Smiles").text.contains("2 times, 0:40"))
        #expect(try line("Smiles").text.contains("up within 0."))
        #expect(try line("Brows").text == "not raised; not lowered")
    }

    // A session of an hour at 24 frames a second is summed up in a few seconds.
    @Test func anHourIsSummedUpInTime() throws {
        let made = MadeMovements([.mouthOpening: Self.speech, .yaw: { 3 * sin($0) }])
        let series = made.series(seconds: 3600, rate: 24)
        let start = ContinuousClock.now
        #expect(BlinkCount(series) != nil && looking(series) != nil && Talking(series) != nil)
        #expect(SmileReview(series) != nil && BrowReview(series) != nil && Leaning(series) != nil)
        #expect(HeadGestures(series).nods != nil)
        print("an hour of movements: \(ContinuousClock.now - start)")
        #expect(ContinuousClock.now - start < .seconds(60))
    }
}
