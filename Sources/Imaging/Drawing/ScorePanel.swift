/// The bars of an annotation's scores on a dark ground: label, bar and percentage in each row.
struct ScorePanel {
    private let scores: [FaceAnnotation.Score]
    private let text: TextStyle
    private let labelWidth: Double
    private let numberWidth: Double

    init(_ scores: [FaceAnnotation.Score], capitalHeight: Double) {
        self.scores = scores
        let text = TextStyle(capitalHeight: capitalHeight, color: Color(hex: 0xEEF2F7), weight: 1.15)
        self.text = text
        labelWidth = scores.map { Canvas.width(of: $0.label, style: text) }.max() ?? 0
        numberWidth = Canvas.width(of: "100 %", style: text)
    }

    private var margin: Double { text.capitalHeight * 1.1 }
    private var rowHeight: Double { text.capitalHeight * 2.1 }
    private var barWidth: Double { text.capitalHeight * 8 }
    private var gap: Double { text.capitalHeight * 0.8 }
    var width: Double { margin * 2 + labelWidth + numberWidth + barWidth + gap * 2 }
    var height: Double { margin * 1.4 + rowHeight * Double(scores.count) }

    func draw(in panel: Rect, on canvas: inout Canvas, style: AnnotationStyle, ground: Color) {
        canvas.fill(panel, cornerRadius: text.capitalHeight, color: ground, opacity: 0.72)
        let highest = scores.map(\.value).max() ?? 0
        for (index, score) in scores.enumerated() {
            let middle = panel.y + margin * 0.7 + (Double(index) + 0.5) * rowHeight
            let baseline = middle + text.capitalHeight * 0.43
            var text = text
            if score.value == highest { text.weight = 1.75 }
            canvas.draw(score.label, at: Point(x: panel.x + margin, y: baseline), style: text)
            let share = min(max(score.value, 0), 1)
            drawBar(
                share, leftEdge: panel.x + margin + labelWidth + gap, middle: middle,
                color: style.color(for: score.label), on: &canvas)
            let number = "\(Int((share * 100).rounded())) %"
            let start = panel.right - margin - Canvas.width(of: number, style: text)
            canvas.draw(number, at: Point(x: start, y: baseline), style: text)
        }
    }

    private func drawBar(_ share: Double, leftEdge: Double, middle: Double, color: Color, on canvas: inout Canvas) {
        let height = text.capitalHeight * 0.72
        var bar = Rect(x: leftEdge, y: middle - height / 2, width: barWidth, height: height)
        canvas.fill(bar, cornerRadius: height / 2, color: .white, opacity: 0.16)
        // Never shorter than the round ends are: a score of zero stays a dot, not a sliver.
        bar.width = max(barWidth * share, height)
        canvas.fill(bar, cornerRadius: height / 2, color: color)
    }
}
