import Emotions
import Foundation
import InterviewAnalysis
import TestSupport
import Testing
import VoiceAnalysis

/// A recording's voice in the session and its report.
@Suite struct SpokenSessionTests {
    /// Ten seconds of quick, loud and lively speech, a pause of two seconds, then eight slow, soft and flat ones.
    private static var course: [[String: Any]] {
        (0..<20).map { second in
            switch second {
            case 0..<10:
                [
                    "time": second, "speaking": 1, "syllables": 5, "pitch": 100.0 + 10 * Double(second % 5),
                    "loudness": -20,
                ]
            case 10..<12: ["time": second, "speaking": 0, "syllables": 0]
            default: ["time": second, "speaking": 1, "syllables": 3, "pitch": 110, "loudness": -20 - (second - 12)]
            }
        }
    }

    private static var measured: [String: Any] {
        [
            "duration": 20, "speaking_seconds": 18, "pauses": [["start": 10, "end": 12]], "pause_share": 0.1,
            "longest_pause": 2, "syllables": 74, "speech_rate": 3.7, "articulation_rate": 4.1, "median_pitch": 115,
            "pitch_range": 6, "loudness": -21, "loudness_range": 4, "course": course,
            "quality": ["clipped": 0, "range": 40, "remarks": ["The recording is very quiet."]],
        ]
    }

    private static func voice(_ changes: [String: Any] = [:]) throws -> VoiceMeasurements {
        let json = try JSONSerialization.data(withJSONObject: measured.merging(changes) { $1 })
        return try JSONDecoder().decode(VoiceMeasurements.self, from: json)
    }

    private func session(questions: Bool = true, voice: VoiceMeasurements? = nil) throws -> SessionRecord {
        var session = InterviewEmotionAnalyzer(clock: { 0 })
        var generator = SeededGenerator(seed: 7)
        for second in 0...20 { try session.add(sampleFace(using: &generator), at: Double(second)) }
        if questions {
            session.mark(QuestionMarker(label: "Quick?", start: 0))
            session.mark(QuestionMarker(label: "Slow?", start: 12))
        }
        var record = SessionRecord(of: session)
        record.voice = voice
        return record
    }

    @Test func eachAnswerIsMeasuredOnItsOwn() throws {
        let report = SessionReport(of: try session(voice: Self.voice()))
        let (quick, slow) = (report.spokenAnswers[0], report.spokenAnswers[1])
        #expect(quick.label == "Quick?" && slow.label == "Slow?")
        #expect(quick.speakingSeconds == 10 && slow.speakingSeconds == 8)
        #expect(quick.speechRate == 5 && slow.speechRate == 3)
        // The silence between the answers is no pause of either.
        #expect(quick.pauses == 0 && slow.pauses == 0)
        let melody = try #require(quick.melody)
        #expect(abs(melody - 12 * log2(140.0 / 100)) < 0.01)
        #expect(slow.melody == nil, "eight seconds are too few")
        #expect(quick.loudnessChange == 0)
        #expect(slow.loudnessChange == nil, "eight spoken seconds are too few for thirds")
    }

    @Test func withoutQuestionsTheWholeSessionIsOne() throws {
        let report = SessionReport(of: try session(questions: false, voice: Self.voice()))
        let whole = try #require(report.spokenAnswers.first)
        #expect(report.spokenAnswers.count == 1 && whole.label == nil)
        #expect(whole.pauses == 1 && whole.longestPause == 2)
        #expect(abs(whole.pauseShare - 0.1) < 1e-12)
        #expect(abs(try #require(whole.speechRate) - 3.7) < 1e-12)
        // Of eighteen spoken seconds the first six are at -20 and the last six at -22 to -27.
        #expect(whole.loudnessChange == -4.5)
    }

    @Test func theReportTellsItUnderTheCurve() throws {
        let html = SessionReport(of: try session(voice: Self.voice())).html()
        let curve = try #require(html.range(of: "id=\"curve\""))
        let voice = try #require(html.range(of: "id=\"voice\""))
        #expect(curve.upperBound < voice.lowerBound)
        for words in [
            "How you spoke", "18 s of 20 s", "1, 10 % of the time", "3.7 syllables a second",
            "The recording is very quiet.",
            "Voice: 10 s of speech · 5.0 syllables a second · no pause · melody over 6 semitones",
            "8.0 s of speech · 3.0 syllables a second",
        ] {
            let plain = html.replacing("\u{00A0}", with: " ").replacing("\u{202F}", with: " ")
            #expect(plain.contains(words), "\(words)")
        }
        #expect(!SessionReport(of: try session()).html().contains("How you spoke"))
        let silent = try Self.voice(["speaking_seconds": 0, "pauses": [], "course": []])
        #expect(SessionReport(of: try session(voice: silent)).html().contains("No speech is to be heard."))
    }

    @Test func theFileKeepsIt() throws {
        let record = try session(voice: Self.voice())
        let read = try SessionRecord(json: record.json())
        #expect(read == record && read.voice?.course.count == 20)
        #expect(try record.rescored(with: nil).voice == record.voice)
        #expect(try SessionRecord(json: session().json()).voice == nil)
    }

    @Test func whatNoRecordingGivesIsRefused() throws {
        var course = Self.course
        course[3]["speaking"] = 1.5
        for (changes, field) in [
            (["duration": -1], "voice.duration"), (["speaking_seconds": 21], "voice.speaking_seconds"),
            (["pauses": [["start": 12, "end": 10]]], "voice.pauses[0]"),
            (["pauses": [["start": 10, "end": 30]]], "voice.pauses[0]"),
            (["course": course], "voice.course[3].speaking"),
            (["course": Self.course + Self.course], "voice.course"),
            (["course": Array(Self.course.reversed())], "voice.course[0].time"),
        ] as [([String: Any], String)] {
            let json = try session(voice: Self.voice(changes)).json()
            do throws(SessionError) {
                _ = try SessionRecord(json: json)
                Issue.record("\(field) was taken")
            } catch {
                guard case .impossible(field, _) = error else {
                    Issue.record("\(field): \(error)")
                    continue
                }
            }
        }
    }
}
