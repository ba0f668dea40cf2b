import Emotions
import InterviewAnalysis
import Testing

@Suite struct HTMLReportTests {
    /// A minute at 5 frames a second: composed, low from 20 s to 25 s, no face from 35 s to 42 s, two questions.
    private static func record(
        details: SessionDetails = SessionDetails(title: "Practice"), labels: [String] = ["About you", "Why us?"]
    ) throws -> SessionRecord {
        var analyzer = InterviewEmotionAnalyzer(clock: { 0 })
        for step in 0..<300 {
            let time = Double(step) / 5
            if time >= 35 && time < 42 {
                try analyzer.addMissed(.noFace, frame: step, at: time)
            } else {
                try analyzer.add(
                    FaceObservation(emotions: face(scoring: time >= 20 && time < 25 ? 0.2 : 0.8)), frame: step, at: time
                )
            }
        }
        for (index, label) in labels.enumerated() {
            analyzer.mark(QuestionMarker(label: label, start: 2 + 28 * Double(index)))
        }
        return SessionRecord(of: analyzer, details: details)
    }

    private static func html(
        details: SessionDetails = SessionDetails(title: "Practice"), labels: [String] = ["About you", "Why us?"]
    ) throws -> String {
        SessionReport(of: try record(details: details, labels: labels)).html()
    }

    @Test func isOneDocumentWithEverySection() throws {
        let html = try Self.html()
        #expect(html.hasPrefix("<!doctype html>\n<html lang=\"en\">"))
        #expect(html.hasSuffix("</html>\n"))
        for id in ["curve", "expressions", "parts", "questions", "findings", "explanation", "coverage"] {
            #expect(html.contains("<section id=\"\(id)\""), "section \(id)")
        }
        #expect(html.contains(SessionReport.standardNotice.replacing("'", with: "&#39;")))
        #expect(html.contains("prohibited in the EU"))
    }

    // A file's name says which recording it is, a device's says nothing.
    @Test(arguments: [("answer.mp4", "answer.mp4"), ("/dev/video0", "Practice session")])
    func isTitledByItsRecording(name: String, title: String) throws {
        let html = try Self.html(details: SessionDetails(media: SessionDetails.Media(name: name)))
        #expect(html.contains("<h1><bdi>\(title)</bdi></h1>"))
    }

    @Test func needsNoScriptAndNoNetwork() throws {
        let html = try Self.html().lowercased()
        for word in [
            "<script", "http:", "https:", "//", "@import", "@font-face", "<img", "<iframe", "onload", "javascript:",
        ] {
            #expect(!html.contains(word), "\(word)")
        }
        #expect(html.contains("default-src &#39;none&#39;"))
    }

    @Test func namesDropsQuestionsAndGaps() throws {
        let html = try Self.html()
        #expect(html.contains("<b>0:20</b> from 80 to 20, low for 4.8\u{00A0}s, then recovered, during question 1"))
        #expect(html.contains("(frames 100–124)"))
        #expect(html.contains("0:35.0–0:42.0 (7.0\u{00A0}s)"))
        #expect(html.contains("About you"))
        #expect(html.contains("Question 2 at 0:30"))
        #expect(html.contains("There was one sudden drop, at 0:20, from 80 to 20."))
    }

    @Test func closesEveryElementThatItOpens() throws {
        let html = try Self.html()
        for name in ["html", "body", "main", "section", "svg", "g", "div", "p", "ol", "ul", "li", "span", "text", "b"] {
            let opened = html.ranges(of: "<\(name)>").count + html.ranges(of: "<\(name) ").count
            #expect(opened == html.ranges(of: "</\(name)>").count, "\(name)")
        }
    }

    @Test(arguments: [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'; DROP TABLE--",
        "</title></svg><svg onload=1>",
        "&lt;already&gt;", "a\u{0}b\u{1B}[31m", "\u{202E}gnihtyreve",
    ])
    func writesForeignTextAsTextOnly(hostile: String) throws {
        let details = SessionDetails(
            title: hostile, startedAt: hostile, model: .init(name: hostile, version: hostile, sha256: hostile),
            media: .init(name: hostile, framesPerSecond: 30, widthPixels: 1, heightPixels: 1, everyNthFrame: 5))
        let html = try Self.html(details: details, labels: [hostile, hostile])
        let plain = try Self.html()
        let harmless = try Self.html(
            details: SessionDetails(
                title: "a", startedAt: "a", model: .init(name: "a", version: "a", sha256: "a"),
                media: .init(name: "a", framesPerSecond: 30, widthPixels: 1, heightPixels: 1, everyNthFrame: 5)),
            labels: ["a", "a"])
        // Markup begins with "<" and nothing else: as many of them as with a harmless name, and no forged quote.
        #expect(html.ranges(of: "<").count == harmless.ranges(of: "<").count)
        #expect(html.ranges(of: "\"").count == harmless.ranges(of: "\"").count)
        #expect(!html.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
        #expect(plain != html)
    }

    @Test func withholdsTheScoreBelowItsCoverage() throws {
        var analyzer = InterviewEmotionAnalyzer(clock: { 0 })
        for step in 0..<20 {
            if step < 4 {
                try analyzer.add(emotions: face(scoring: 0.9), at: Double(step))
            } else {
                try analyzer.addMissed(.noFace, at: Double(step))
            }
        }
        let html = SessionReport(of: SessionRecord(of: analyzer)).html()
        #expect(html.contains("Score withheld"))
        #expect(html.contains("aria-label=\"Score not shown\""))
        #expect(html.contains("Only 20\u{202F}% of the frames"))
        #expect(!html.contains("<section id=\"explanation\""))
    }

    @Test func isWrittenForASessionWithoutAFrame() {
        let html = SessionReport(of: SessionRecord(of: InterviewEmotionAnalyzer(clock: { 0 }))).html()
        #expect(html.contains("Score withheld"))
        #expect(html.contains("No frame was scored."))
    }

    // The caption promises single frames: one dot a scored frame up to 600, above that the range of neighbours.
    @Test(arguments: [(1, 1), (40, 40), (600, 600), (601, 0), (2000, 0)])
    func drawsTheSingleFramesThatItsCaptionPromises(frames: Int, dots: Int) throws {
        var analyzer = InterviewEmotionAnalyzer(clock: { 0 })
        for step in 0..<frames { try analyzer.add(emotions: face(scoring: 0.7), at: Double(step) / 5) }
        let html = SessionReport(of: SessionRecord(of: analyzer)).html()
        #expect(html.ranges(of: /M[0-9. ]+h0/).count == dots)
        #expect(html.contains("Each dot is one frame") == (dots > 0))
        #expect(html.contains("class=\"range\"") == (dots == 0))
    }

    // What is drawn is what drops, moments and advice look at: one odd frame moves a dot, not the line.
    @Test func drawsTheCourse() throws {
        var analyzer = InterviewEmotionAnalyzer(clock: { 0 })
        for step in 0..<60 { try analyzer.add(emotions: face(scoring: step == 30 ? 0.2 : 0.8), at: Double(step) / 5) }
        let report = SessionReport(of: SessionRecord(of: analyzer))
        #expect(report.curve.joined().map(\.course) == report.summary.timeSeries.course)
        let html = report.html()
        let line = try #require(html.firstMatch(of: /d="([^"]*)" class="smooth"|class="smooth" d="([^"]*)"/))
        let path = String(line.1 ?? line.2 ?? "")
        #expect(Set(path.matches(of: /[ML][0-9.]+ ([0-9.]+)/).map { String($0.1) }).count == 1)
        #expect(path.matches(of: /[ML]/).count == 60)
    }

    // The curve of a good session runs above the highest level's limit.
    @Test func labelsTheScaleFromEndToEnd() throws {
        let html = try Self.html()
        let levels = try #require(html.firstMatch(of: /<svg class="levels".*?<\/svg>/.dotMatchesNewlines()))
        let labels = levels.0.matches(of: /y="([0-9.]+)">(?:<tspan[^>]*>[^<]*<\/tspan>)?(\d+)</)
        #expect(labels.map { String($0.2) } == ["100", "80", "65", "50", "35", "20", "0"])
        let grid = html.matches(of: /class="grid"[^>]* y1="([0-9.]+)"/).compactMap { Double($0.1) }
        #expect(labels.compactMap { Double($0.1) }.map { $0 - 4 }.sorted() == grid.sorted())
        #expect(grid.count == 7)
    }

    @Test func drawsTheRangeOfTheScore() throws {
        let html = try Self.html()
        for drawn in ["class=\"range-arc\"", "class=\"interval\"", "class=\"mean-line\""] {
            #expect(html.contains(drawn), "\(drawn)")
        }
        #expect(html.ranges(of: "class=\"whisker\"").count == 2)
        #expect(html.contains(/the score might have been \d+ to \d+\./))
        let empty = SessionReport(of: SessionRecord(of: InterviewEmotionAnalyzer(clock: { 0 }))).html()
        for drawn in ["class=\"range-arc\"", "class=\"interval\"", "class=\"mean-line\""] {
            #expect(!empty.contains(drawn), "\(drawn)")
        }
    }

    // Round ends would draw an arc of no length as a dot.
    @Test func drawsNoArcWithoutAScore() throws {
        let empty = SessionReport(of: SessionRecord(of: InterviewEmotionAnalyzer(clock: { 0 }))).html()
        #expect(!empty.contains("class=\"value"))
        #expect(try Self.html().contains("class=\"value level-2\""))
    }

    // Flags of questions that lie close together would cover each other.
    @Test func hidesFlagsThatHaveNoRoom() throws {
        var analyzer = InterviewEmotionAnalyzer(clock: { 0 })
        for step in 0..<100 { try analyzer.add(emotions: face(scoring: 0.7), at: Double(step)) }
        for start in [0.0, 1, 5, 20] { analyzer.mark(QuestionMarker(label: "?", start: start)) }
        let html = SessionReport(of: SessionRecord(of: analyzer)).html()
        let flags = html.matches(of: /class="(flag[a-z ]*)"[^>]*>(Q\d)/).map { "\($0.2) \($0.1)" }
        #expect(flags == ["Q1 flag", "Q2 flag hidden", "Q3 flag crowded", "Q4 flag"])
    }

    @Test func staysSmallHoweverLongTheSession() throws {
        var analyzer = InterviewEmotionAnalyzer(clock: { 0 })
        for step in 0..<20_000 { try analyzer.add(emotions: face(scoring: 0.7), at: Double(step) / 5) }
        #expect(SessionReport(of: SessionRecord(of: analyzer)).html().utf8.count < 120_000)
    }
}
