extension ReportPage {
    /// Where the face was in the picture and how much the head moved; nothing where places are not known.
    var framingSection: HTMLNode {
        guard let framing = report.framing else { return .empty }
        let typical = framing.typical
        var rows = [
            row(
                "Distance", "face \(ReportText.percent(typical.size)) of the picture's shorter side", framing, .tooFar,
                .tooClose),
            row("Place", place(typical.offset), framing, .offCenter),
            row(
                "Headroom", "\(ReportText.percent(max(0, typical.headroom))) of the picture above the face", framing,
                .littleHeadroom, .muchHeadroom),
        ]
        if let brightness = typical.brightness {
            rows.append(row("Light", "face \(ReportText.percent(brightness)) bright", framing, .tooDark, .tooBright))
        }
        if let movement = framing.movement {
            let (sway, lean) = (movement.swayAmount.rawValue, movement.leanAmount.rawValue)
            rows.append(
                fact(
                    "Side to side", "\(sway) movement, \(spread(movement.sway)) of the face's width", "",
                    nil))
            rows.append(
                fact(
                    "Back and forth", "\(lean) movement, \(spread(movement.lean)) of the face's size", "",
                    nil))
        }
        let advice: [HTMLNode] = framing.issues.map { issue in
            .tag(
                "li", [:],
                [
                    .tag("span", ["class": "sign try", "aria-hidden": "true"], ["→"]),
                    .tag(
                        "div", [:],
                        [
                            .text(
                                issue.issue.advice + " This was so in \(ReportText.percent(issue.share)) of the frames."
                            )
                        ]),
                ])
        }
        return section(
            "framing", "Framing and movement",
            lead: "\(ReportText.percent(framing.wellFramedShare)) of the scored frames are well framed. Figures are "
                + "medians. The drawing shows the face where it mostly was; the dashed oval is a good place.",
            [
                .tag("div", ["class": "framing"], [sketch(of: typical), .tag("ul", ["class": "facts"], rows)]),
                advice.isEmpty ? .empty : .tag("ul", ["class": "findings answer"], advice),
                framing.movement == nil
                    ? .tag("p", ["class": "note"], ["Movement needs four frames a second over eight seconds."])
                    : .empty,
            ])
    }

    private func spread(_ share: Double) -> String {
        share < 0.01 ? "less than ±\(ReportText.percent(0.01))" : "±\(ReportText.percent(share))"
    }

    private func place(_ offset: Double) -> String {
        let share = ReportText.percent(abs(offset))
        return abs(offset) < 0.005 ? "in the middle" : "\(share) to the \(offset < 0 ? "left" : "right") of the middle"
    }

    private func row(
        _ name: String, _ value: String, _ framing: FramingSummary, _ issues: FramingIssue...
    ) -> HTMLNode {
        let isBad = framing.typical.issues.contains(where: issues.contains)
        let isOften = framing.issues.contains { issues.contains($0.issue) }
        return fact(
            name, value, isBad ? "could be better" : isOften ? "could be better at times" : "good", !isBad && !isOften)
    }

    private func fact(_ name: String, _ value: String, _ verdict: String, _ isGood: Bool?) -> HTMLNode {
        let sign: HTMLNode =
            isGood.map {
                .tag("span", ["class": "sign \($0 ? "well" : "try")", "aria-hidden": "true"], [.text($0 ? "✓" : "→")])
            } ?? .tag("span", ["class": "sign plain", "aria-hidden": "true"], ["↔"])
        return .tag(
            "li", [:],
            [
                sign, .tag("span", ["class": "fact-name"], [.text(name)]),
                .tag("span", [:], [.text(verdict.isEmpty ? value : "\(value), \(verdict)")]),
            ])
    }

    /// The picture with the face where it mostly was, and a dashed oval where it would be well framed.
    private func sketch(of framing: FaceFraming) -> HTMLNode {
        let media = report.details.media
        let ratio = Double(media?.widthPixels ?? 16) / Double(max(1, media?.heightPixels ?? 9))
        let (height, width) = (120.0, 120 * min(2.4, max(0.4, ratio)))
        let shorter = min(height, width)
        func oval(_ style: String, size: Double, x: Double, top: Double) -> HTMLNode {
            .tag(
                "ellipse",
                [
                    "class": style, "cx": ReportText.svg(x * width),
                    "cy": ReportText.svg(top * height + size * shorter / 2),
                    "rx": ReportText.svg(size * shorter * 0.39),
                    "ry": ReportText.svg(size * shorter / 2),
                ])
        }
        return .tag(
            "svg",
            [
                "class": "sketch", "viewBox": "0 0 \(ReportText.svg(width)) \(ReportText.svg(height))", "role": "img",
                "aria-label": "The face in the picture",
            ],
            [
                .tag(
                    "rect",
                    ["class": "screen", "width": ReportText.svg(width), "height": ReportText.svg(height), "rx": "6"]),
                oval("ideal", size: 0.4, x: 0.5, top: 0.18),
                oval("seen", size: framing.size, x: 0.5 + framing.offset, top: framing.headroom),
            ])
    }
}
