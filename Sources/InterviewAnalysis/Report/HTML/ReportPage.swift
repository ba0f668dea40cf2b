/// The report of one session as a page: a section for each question that a person has about it.
struct ReportPage {
    let report: SessionReport
    let time: TimeScale

    init(_ report: SessionReport) {
        self.report = report
        time = TimeScale(duration: report.summary.durationSeconds)
    }

    var summary: SessionSummary { report.summary }

    /// What stands over the page and in the window's title.
    var title: String { report.details.title ?? recordingName ?? "Practice session" }

    /// The name of a file; that of a camera tells nothing.
    private var recordingName: String? {
        report.details.media.flatMap { $0.name.hasPrefix("/dev/") ? nil : $0.name }
    }

    /// The whole document.
    var document: HTMLNode {
        .tag(
            "html", ["lang": "en"],
            [
                head,
                .tag(
                    "body", [:],
                    [
                        .tag(
                            "main", [:],
                            [
                                header, goalSection, curveSection, voiceSection, expressionSection, movementSection,
                                partsSection,
                                questionSection, findingSection, progressSection, framingSection, signalSection,
                                explanationSection,
                                coverageSection,
                            ]),
                        footer,
                    ]),
            ])
    }

    /// The policy forbids scripts and every fetch, so that the file keeps its promise whatever is put into it.
    private var head: HTMLNode {
        .tag(
            "head", [:],
            [
                .tag("meta", ["charset": "utf-8"]),
                .tag("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
                .tag("meta", ["name": "color-scheme", "content": "light dark"]),
                .tag("meta", ["name": "referrer", "content": "no-referrer"]),
                .tag(
                    "meta",
                    [
                        "http-equiv": "Content-Security-Policy",
                        "content": "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
                    ]),
                .tag("title", [:], [.text("\(title) · practice report")]),
                .tag("link", ["rel": "icon", "href": "data:,"]),
                .styleSheet(ReportStyle.rules),
            ])
    }

    /// A part of the page with a heading and a line that says how to read it.
    func section(_ id: String, _ heading: String, lead: String? = nil, _ content: [HTMLNode]) -> HTMLNode {
        .tag(
            "section", ["id": id, "class": "card", "aria-labelledby": "\(id)-heading"],
            [.tag("h2", ["id": "\(id)-heading"], [.text(heading)])]
                + (lead.map { [.tag("p", ["class": "lead"], [.text($0)])] } ?? []) + content)
    }
}

extension SessionReport {
    /// The report as one HTML file that needs nothing else: no script, no network, no font, and no picture but the stills that were asked for.
    ///
    /// It follows the reader's light or dark preference and prints on white. Every text that came from outside (names,
    /// labels) is escaped.
    /// - Complexity: O(points of the curve + findings); tens of kilobytes whatever the length of the session.
    public func html() -> String { "<!doctype html>\n" + ReportPage(self).document.html + "\n" }
}
