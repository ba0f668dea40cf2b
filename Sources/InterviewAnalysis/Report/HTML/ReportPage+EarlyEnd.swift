extension ReportPage {
    /// That the session is not whole; nothing where it ended as planned.
    var earlyEnd: HTMLNode {
        guard report.details.endedEarly == true else { return .group([]) }
        return .tag(
            "p", ["class": "plain"],
            ["The recording was cut short; this report is about what had been recorded until then."])
    }
}
