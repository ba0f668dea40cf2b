import Foundation
import Testing

/// What was planted in made videos, through the built command.
@Suite(.enabled(if: PracticeVideo.isPossible, PracticeVideo.absence))
struct PlantedEventTests {
    // Five frames a second, one in two tenths of a second of thirty, two a second, and uneven ones.
    @Test(arguments: [
        (["--rate", "5"], "1"), (["--rate", "30"], "6"), (["--rate", "2"], "1"), (["--rate", "5", "--uneven"], "1"),
    ])
    func plantedDropsAreFoundAndNothingElse(options: [String], every: String) throws {
        let video = try PracticeVideo("drops", options: options)
        let session = try video.session("--every", every)
        #expect(session.missed.allSatisfy { $0.reason == "sampling" })
        #expect(session.events.count == video.planted.dropOnsets.count)
        for (event, onset) in zip(session.events, video.planted.dropOnsets) {
            #expect(abs(event.onset - onset) <= 0.7, "\(event) for \(onset)")
            #expect(event.baseline - event.lowest > 0.25)
        }
        for (event, end) in zip(session.events, video.planted.dropEnds) { #expect(abs(event.end - end) <= 1) }
    }

    // The original looks every two to three seconds: long drops are found, and for others the session says so.
    @Test func coarseStepsSayWhatTheyMayMiss() throws {
        let video = try PracticeVideo("drops", options: ["--rate", "0.5"])
        let (session, report) = try video.sessionAndReport("--every", "1")
        #expect(session.missed.isEmpty)
        #expect(session.events.count { abs($0.onset - 33) <= 2 } == 1)
        #expect(session.summary.shortestDropSeconds == 4)
        #expect(report.contains("a drop shorter than 4.0\u{00A0}s may have been missed"))
    }

    // An absence ends an event; before the rule was mended one event held both.
    @Test func anAbsenceEndsADrop() throws {
        let video = try PracticeVideo("absence", options: ["--rate", "5"])
        let absence = try #require(video.planted.absence)
        let session = try video.session("--every", "1")
        let first = try #require(session.events.first)
        #expect(first.ending == "face_lost")
        #expect(abs(first.onset - 12) <= 0.7)
        #expect(session.events.allSatisfy { $0.end <= absence.lowerBound || $0.onset >= absence.upperBound })
        let empty = session.missed.filter { $0.reason == "no_face" }.map(\.timestamp)
        #expect(empty.count == 40 && empty.allSatisfy(absence.contains))
    }

    // A return from above is no stress; the drop in the next question is that question's.
    @Test func theEndOfASmileIsNoDrop() throws {
        let video = try PracticeVideo("smile", options: ["--rate", "5"])
        let (session, page) = try video.sessionAndReport(
            "--every", "1", "--question", "One@0", "--question", "Two@0:24")
        #expect(session.events.count == 1)
        let event = try #require(session.events.first)
        #expect(abs(event.onset - 29) <= 0.7)
        let finding = try #require(session.summary.improvementAreas.first { $0.topic == "stress" })
        #expect(finding.timestamp == event.onset)
        // The line at the head, the list of drops, the advice on the answer and the finding name the same moment.
        let clock = "0:\(Int(event.onset))"
        for words in [
            "one sudden drop, at \(clock)", "<b>\(clock)</b> from", "Watch the drop at \(clock)",
            "<span class=\"when\"> at \(clock)</span>",
        ] {
            #expect(page.contains(words), "\(words)")
        }
    }

    @Test func aLeanKeepsThePerson() throws {
        let video = try PracticeVideo("lean", options: ["--rate", "5"])
        for every in ["1", "5", "10"] {
            let session = try video.session("--every", every)
            #expect(session.missed.allSatisfy { $0.reason == "sampling" }, "every \(every)")
            #expect(session.frames.allSatisfy { $0.identityUncertain != true })
        }
    }

    // The interval holds what the light changes.
    @Test func theIntervalHoldsTheLight() throws {
        let session = try PracticeVideo("light", options: ["--rate", "5"]).session("--every", "1")
        #expect(session.missed.isEmpty)
        #expect(session.frames.allSatisfy { $0.identityUncertain != true })
        let interval = try #require(session.summary.score.interval)
        let (bright, dark) = (session.mean(0..<9.5), session.mean(10.5..<20))
        #expect(abs(bright - dark) <= interval.upper - interval.lower, "\(bright) and \(dark)")
    }

    // What a passer-by covers before and after their face is found is left out as well.
    @Test func aPasserByMakesNoDrop() throws {
        let video = try PracticeVideo("passer-by", options: ["--rate", "10"])
        let passage = try #require(video.planted.passage)
        let session = try video.session("--every", "1")
        #expect(session.events.isEmpty)
        #expect(!session.missed.isEmpty)
        #expect(session.missed.allSatisfy { passage.contains($0.timestamp) && $0.reason != "no_face" })
        // Her face lies between 225 and 335 of 640 pixels, and 272 pixels with the other head cover a part of it in this
        // time.
        let covered = (passage.lowerBound + 0.77)...(passage.lowerBound + 1.97)
        #expect(session.frames.allSatisfy { !covered.contains($0.timestamp) })
    }

    @Test(arguments: ["0", "8", "32"])
    func aPhotographIsNotPraised(noise: String) throws {
        let video = try PracticeVideo("still", options: ["--rate", "5", "--noise", noise])
        let (session, report) = try video.sessionAndReport("--every", "1")
        #expect(session.summary.stillness.verdict == "still")
        #expect(session.summary.strengths.isEmpty)
        #expect(report.contains("A picture that does not move"))
    }

    @Test(arguments: [["--rate", "30"], ["--rate", "5"], ["--rate", "5", "--noise", "16"], ["--rate", "0.5"]])
    func whoeverSitsStillIsNoPhotograph(options: [String]) throws {
        let session = try PracticeVideo("quiet", options: options).session("--every", "1")
        #expect(session.summary.stillness.verdict != "still")
        #expect(!session.summary.strengths.isEmpty)
    }
}
