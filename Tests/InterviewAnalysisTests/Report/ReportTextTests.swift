import Emotions
import Foundation
import TestSupport
import Testing

@testable import InterviewAnalysis

@Suite struct ReportTextTests {
    @Test(arguments: [
        (0.0, "0:00"), (59.9, "0:59"), (60, "1:00"), (3599, "59:59"), (3600, "1:00:00"), (14_400, "4:00:00"),
    ])
    func writesMoments(seconds: Double, text: String) {
        #expect(ReportText.clock(seconds) == text)
    }

    @Test(arguments: [
        (0.0, "0.0\u{A0}s"), (2.34, "2.3\u{A0}s"), (17, "17\u{A0}s"), (180, "3\u{A0}min"),
        (195.4, "3\u{A0}min 15\u{A0}s"),
        (7260, "2\u{A0}h 1\u{A0}min"),
    ])
    func writesLengthsOfTime(seconds: Double, text: String) {
        #expect(ReportText.duration(seconds) == text)
    }

    // Both ends and the length are those of one rounding.
    @Test(arguments: [
        (10.0, 19.99, "0:10.0–0:20.0 (10.0\u{A0}s)"), (10, 20, "0:10–0:20 (10\u{A0}s)"),
        (10.04, 19.96, "0:10.0–0:20.0 (10.0\u{A0}s)"), (59.96, 61, "1:00.0–1:01.0 (1.0\u{A0}s)"),
        (10.4, 130.4, "0:10–2:10 (2\u{A0}min)"), (9, 9.04, "0:09.0"),
    ])
    func writesStretches(start: Double, end: Double, text: String) {
        #expect(ReportText.span(start, end) == text)
    }

    @Test(arguments: [
        (0.0, "0\u{202F}%"), (0.001, "< 1\u{202F}%"), (0.005, "< 1\u{202F}%"), (0.5, "50\u{202F}%"),
        (1, "100\u{202F}%"),
    ])
    func writesShares(share: Double, text: String) {
        #expect(ReportText.percent(share) == text)
    }

    @Test(arguments: [(0.0, "0"), (12.5, "12.5"), (-3.456, "-3.46"), (1000, "1000"), (0.04, "0.04"), (-0.04, "-0.04")])
    func writesCoordinates(value: Double, text: String) {
        #expect(ReportText.svg(value) == text)
    }

    @Test(arguments: [0.001, 1, 59, 180, 3600, 14_400, 500_000])
    func marksAFewRoundMoments(duration: Double) {
        let ticks = TimeScale(duration: duration).ticks
        #expect((1...7).contains(ticks.count), "\(ticks)")
        #expect(ticks.allSatisfy { $0 <= duration })
    }

    @Test func roundsPartsSoThatTheyStillAddUp() {
        let thirds = [1.0 / 3, 1.0 / 3, 1.0 / 3]
        #expect(RoundedParts.tenths(of: thirds, total: 1).sorted() == [333, 333, 334])
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<200 {
            let parts = (0..<11).map { _ in Double.random(in: -0.3...0.5, using: &generator) }
            let total = parts.reduce(0, +)
            let tenths = RoundedParts.tenths(of: parts, total: total)
            #expect(tenths.reduce(0, +) == Int((total * 1000).rounded()), "\(parts)")
            for (part, tenth) in zip(parts, tenths) { #expect(abs(part * 1000 - Double(tenth)) < 1 + 1e-9) }
        }
    }

    @Test(arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (-12_345, "−12,345"), (1_234_567, "1,234,567")])
    func groupsThousands(number: Int, text: String) {
        #expect(ReportText.grouped(number) == text)
    }

    @Test func escapesAttributesAndText() {
        let node = HTMLNode.tag("a", ["title": "\"'<>&"], ["<b>&\u{7}", .tag("br")])
        #expect(node.html == "<a title=\"&quot;&#39;&lt;&gt;&amp;\">&lt;b&gt;&amp;\u{FFFD}<br></a>")
    }
}

/// The contrast of the style sheet's colors, by the formula of WCAG 2.2.
@Suite struct ReportContrastTests {
    /// The custom properties of the light (0) and the dark (1) scheme.
    private static func colors(scheme: Int) throws -> [String: String] {
        var schemes: [[String: String]] = [[:], [:]]
        let dark = try #require(ReportStyle.rules.firstRange(of: "@media screen and (prefers-color-scheme:dark)"))
        for match in ReportStyle.rules.matches(of: /--([a-z0-9-]+):(#[0-9a-f]{3,8})/) {
            let scheme = match.range.lowerBound < dark.lowerBound ? 0 : 1
            schemes[scheme][String(match.1)] = String(match.2)
        }
        return schemes[0].merging(scheme == 0 ? [:] : schemes[1]) { $1 }
    }

    private static func luminance(_ color: String) throws -> Double {
        var digits = color.dropFirst().map(String.init)
        if digits.count == 3 { digits = digits.flatMap { [$0, $0] } }
        let linear = try [0, 2, 4].map { index in
            let sample = Double(try #require(Int(digits[index] + digits[index + 1], radix: 16))) / 255
            return sample <= 0.04045 ? sample / 12.92 : pow((sample + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }

    private static func contrast(_ first: String, _ second: String, scheme: Int) throws -> Double {
        let colors = try colors(scheme: scheme)
        let levels = try [first, second].map { try luminance(try #require(colors[$0])) }.sorted()
        return (levels[1] + 0.05) / (levels[0] + 0.05)
    }

    @Test(arguments: [0, 1])
    func lettersStandOutByFourAndAHalf(scheme: Int) throws {
        let pairs = [
            ("ink", "card"), ("ink", "tint"), ("soft", "card"), ("soft", "paper"), ("accent", "card"),
            ("card", "stress"), ("card", "l1"), ("card", "accent"), ("card", "key"),
        ]
        for (letters, ground) in pairs {
            let contrast = try Self.contrast(letters, ground, scheme: scheme)
            #expect(contrast >= 4.5, "\(letters) on \(ground): \(contrast)")
        }
    }

    @Test(arguments: [0, 1])
    func linesAndAreasStandOutByThree(scheme: Int) throws {
        let names =
            ["accent", "frame", "stress", "key", "l1", "l2", "l3", "l4", "l5", "l6"] + Emotion.allCases.map(\.rawValue)
        for name in names {
            let contrast = try Self.contrast(name, "card", scheme: scheme)
            #expect(contrast >= 3, "\(name): \(contrast)")
        }
    }
}
