import Emotions
import Foundation
import InterviewAnalysis
import Testing

@Suite struct QuestionReviewTests {
    /// A minute of two answers at 5 frames a second: low from 10 s to 13 s, very good from 45 s to 48 s.
    private func record() throws -> SessionRecord {
        var session = InterviewEmotionAnalyzer(clock: { 0 })
        for step in 0..<300 {
            let second = Double(step) / 5
            var score = 0.6
            if (10..<13).contains(second) { score = 0.2 }
            if (45..<48).contains(second) { score = 0.95 }
            // One odd frame is no moment.
            if step == 20 { score = 1 }
            if step == 200 { score = 0 }
            try session.add(
                FaceObservation(
                    emotions: face(scoring: score), box: PixelBox(x: step, y: 0, width: 50, height: 60)), frame: step,
                at: second)
        }
        session.mark(QuestionMarker(label: "About you", start: 0))
        session.mark(QuestionMarker(label: "Why us?", start: 30))
        return SessionRecord(of: session)
    }

    @Test func findsTheBestAndTheWeakestMoment() throws {
        let reviews = SessionReport(of: try record()).reviews
        #expect(reviews.map(\.label) == ["About you", "Why us?"])
        let (first, second) = (try #require(reviews.first), try #require(reviews.last))
        #expect((10...13).contains(try #require(first.weakest).timestamp))
        #expect(abs(try #require(first.weakest).score - 0.2) < 1e-9)
        #expect(abs(try #require(first.best).score - 0.6) < 1e-9)
        #expect((45...48).contains(try #require(second.best).timestamp))
        let moment = try #require(second.best)
        #expect(moment.frame == Int((moment.timestamp * 5).rounded()))
        #expect(moment.box?.x == Int32(moment.frame))
    }

    @Test func givesOneThingToKeepAndOneToTryWithTheirNumbers() throws {
        let reviews = SessionReport(of: try record()).reviews
        #expect(try #require(reviews.first?.toTry).contains("drop at 0:10, by 40 points"))
        #expect(reviews.allSatisfy { $0.keep != nil && $0.toTry != nil })
    }

    @Test func saysNothingOfAnAnswerThatWasHardlySeen() throws {
        var session = InterviewEmotionAnalyzer(clock: { 0 })
        for second in 0..<60 {
            if second < 30 || second == 40 {
                try session.add(emotions: face(scoring: second == 40 ? 0.1 : 0.8), at: Double(second))
            } else {
                try session.addMissed(.noFace, at: Double(second))
            }
        }
        session.mark(QuestionMarker(label: "Seen", start: 0))
        session.mark(QuestionMarker(label: "Unseen", start: 30))
        let report = SessionReport(of: SessionRecord(of: session))
        #expect(report.reviews[0].best != nil)
        let unseen = report.reviews[1]
        #expect(unseen.best == nil && unseen.weakest == nil && unseen.keep == nil && unseen.toTry == nil)
    }

    @Test func reviewsAWholeSessionWithoutQuestions() throws {
        let record = try record()
        var session = InterviewEmotionAnalyzer(clock: { 0 })
        for frame in record.frames { try session.replay(.frame(frame)) }
        let report = SessionReport(of: SessionRecord(of: session))
        #expect(report.reviews.map(\.label) == [nil])
        #expect((10...13).contains(try #require(report.reviews.first?.weakest).timestamp))
        #expect(report.html().contains("Moments to watch again"))
    }

    // Only what was asked for is in the page, and never in the report's JSON.
    @Test func showsStillsOnlyWhereTheyWereMade() throws {
        let record = try record()
        let plain = SessionReport(of: record)
        #expect(!plain.html().contains("<img"))
        #expect(plain.html().contains("This file holds no picture"))
        let moment = try #require(plain.reviews.first?.weakest)
        let still = Still(timestamp: moment.timestamp, jpeg: [0xFF, 0xD8, 0xFF], widthPixels: 96, heightPixels: 96)
        let report = SessionReport(of: record, stills: [still])
        let html = report.html()
        #expect(html.ranges(of: "<img").count == 1)
        #expect(html.contains("src=\"data:image/jpeg;base64,/9j/\""))
        #expect(html.contains("1 small picture of your face"))
        #expect(!String(decoding: try JSONEncoder().encode(report), as: UTF8.self).contains("/9j/"))
    }
}
