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
        var record = try session(voice: Self.voice())
        record.voiceEmotions = Self.emotions([(0, .sad, 0.8), (9, .happy, 0.4)])
        let read = try SessionRecord(json: record.json())
        #expect(read == record && read.voice?.course.count == 20 && read.voiceEmotions?.windows.count == 2)
        #expect(try record.rescored(with: nil).voice == record.voice)
        #expect(try record.rescored(with: nil).voiceEmotions == record.voiceEmotions)
        #expect(try SessionRecord(json: session().json()).voice == nil)
    }

    /// Windows of three seconds, each with an emotion's score and the rest shared out; below 0.5 they are uncertain.
    private static func emotions(_ windows: [(start: Double, emotion: Emotion, score: Double)]) -> VoiceEmotions? {
        VoiceEmotions(
            windows.map { window in
                VoiceEmotions.Window(
                    start: window.start, end: window.start + 3, speaking: 2,
                    emotions: EmotionScores(
                        Emotion.allCases.map { $0 == window.emotion ? window.score : (1 - window.score) / 6 }),
                    uncertainBelow: 0.5)
            }, uncertainBelow: 0.5)
    }

    /// Twenty seconds, happy until 12 s and neutral from then on, as surely as `share`.
    private func faces(share: Double) throws -> SessionRecord {
        var session = InterviewEmotionAnalyzer(clock: { 0 })
        for second in 0...20 {
            let shown: Emotion = second < 12 ? .happy : .neutral
            try session.add(
                FaceObservation(
                    emotions: EmotionScores(Emotion.allCases.map { $0 == shown ? share : (1 - share) / 6 })),
                at: Double(second))
        }
        session.mark(QuestionMarker(label: "Quick?", start: 0))
        session.mark(QuestionMarker(label: "Slow?", start: 12))
        var record = SessionRecord(of: session)
        record.voice = try Self.voice()
        return record
    }

    @Test func whatAnAnswerSoundedLikeIsCounted() throws {
        var record = try faces(share: 0.9)
        record.voiceEmotions = Self.emotions([
            (0, .happy, 0.9), (1.5, .sad, 0.6), (3, .sad, 0.7), (4.5, .fear, 0.4), (13, .fear, 0.3),
        ])
        let report = SessionReport(of: record)
        let (quick, slow) = (report.spokenAnswers[0].sound, report.spokenAnswers[1].sound)
        #expect(quick?.windows == 4 && quick?.uncertain == 1)
        #expect(quick?.mostOften == .sad && quick?.mostOftenWindows == 2)
        #expect(slow?.windows == 1 && slow?.uncertain == 1 && slow?.mostOften == nil)
        let html = report.html()
        #expect(html.contains("sounded like acted speech that is sad in 2 of 4 stretches, uncertain in 1"))
        #expect(html.contains("what it sounded like is uncertain (1 stretch of three seconds)"))
        #expect(html.contains("it tells nothing of what anybody feels"))
    }

    @Test func faceAndVoiceDisagreeWhereBothAreSure() throws {
        let voice = Self.emotions([
            (0, .sad, 0.8), (1.5, .sad, 0.6), (5, .happy, 0.9), (8, .angry, 0.4), (13, .neutral, 0.8),
            (16, .happy, 0.7),
        ])
        var record = try faces(share: 0.9)
        record.voiceEmotions = voice
        let found = SessionReport(of: record).disagreements
        // The two that overlap are one; what agrees and what is uncertain is none.
        #expect(found.map(\.start) == [0, 16] && found.map(\.end) == [4.5, 19])
        #expect(found.map(\.face) == [.happy, .neutral] && found.map(\.voice) == [.sad, .happy])
        #expect(abs((found.first?.voiceShare ?? 0) - 0.7) < 1e-9 && abs((found.first?.faceShare ?? 0) - 0.9) < 1e-9)
        let html = SessionReport(of: record).html().replacing("\u{202F}", with: " ")
        #expect(
            html.contains("the face was read as happy (90 %), the voice sounded like acted speech that is sad (70 %)"))
        #expect(html.contains("Either reading may be wrong"))
        var unsure = try faces(share: 0.4)
        unsure.voiceEmotions = voice
        #expect(SessionReport(of: unsure).disagreements.isEmpty)
    }

    @Test func bestAndWeakestAnswerHaveReasons() throws {
        let record = try faces(share: 0.9)
        let texts = [
            WordsScore(qualityScore: 40, feedback: "Say what came of it."),
            WordsScore(qualityScore: 80, feedback: "Keep the figures."),
        ]
        let report = SessionReport(of: record, answerTexts: texts)
        let face = try #require(report.comparison?.face)
        #expect(face.best.index == 0 && face.weakest.index == 1 && face.best.score > face.weakest.score)
        #expect(face.best.reasons.contains("5.0 syllables a second"))
        let words = try #require(report.comparison?.words)
        #expect(words.best.index == 1 && words.weakest.index == 0)
        let html = report.html()
        #expect(html.contains("Best answer by the face: Q1") && html.contains("Best answer by the words: Q2"))
        #expect(html.contains("Q2, 80 of 100. </b>Keep the figures."))
        #expect(SessionReport(of: record).comparison?.words == nil)
        let one: [WordsScore?] = [texts[0], nil]
        #expect(SessionReport(of: record, answerTexts: one).comparison?.words == nil)
        #expect(!SessionReport(of: try session(questions: false, voice: Self.voice())).html().contains("Best answer"))
    }

    @Test func aNumberAndItsUnitStayOnOneLine() throws {
        let html = SessionReport(of: try session(voice: Self.voice())).html()
        #expect(html.contains("115\u{00A0}Hz in the middle") && html.contains(">115\u{00A0}Hz<"))
        #expect(html.contains("-21\u{00A0}LUFS") || html.contains("−21\u{00A0}LUFS"))
    }

    @Test func voiceEmotionsOfNoRecordingAreRefused() throws {
        var record = try session(voice: Self.voice())
        for (windows, field) in [
            ([(18, .sad, 0.8)], "voice_emotions.windows[0]"),
            ([(5, .sad, 0.8), (2, .sad, 0.8)], "voice_emotions.windows[1]"),
        ] as [([(Double, Emotion, Double)], String)] {
            record.voiceEmotions = Self.emotions(windows)
            let json = try record.json()
            #expect { try SessionRecord(json: json) } throws: { error in
                if case SessionError.impossible(field, _) = error { true } else { false }
            }
        }
        record.voice = nil
        record.voiceEmotions = Self.emotions([(2, .sad, 0.8)])
        let json = try record.json()
        #expect(throws: SessionError.impossible(field: "voice_emotions", reason: "there is no voice that they are of"))
        {
            try SessionRecord(json: json)
        }
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
