/// Draws annotations one part after another and remembers where labels lie.
struct AnnotationPainter {
    private(set) var canvas: Canvas
    private let style: AnnotationStyle
    /// The width of lines, in pixels.
    private let lineWidth: Double
    private let shade = Color(hex: 0x0B0E14)
    /// What the next label should not cover.
    private var occupied: [Rect] = []

    init(image: Image, style: AnnotationStyle) {
        canvas = Canvas(image)
        self.style = style
        lineWidth = max(Double(min(image.width, image.height)) * 0.0045, 2)
    }

    /// The box and the dots, each on a dark seam that sets them off from bright grounds.
    mutating func drawFrame(of annotation: FaceAnnotation) {
        let color = style.color(for: annotation.title)
        let box = annotation.box
        let radius = min(box.width, box.height) * 0.06
        canvas.outline(box, cornerRadius: radius, thickness: lineWidth * 2, color: shade, opacity: 0.4)
        canvas.outline(box, cornerRadius: radius, thickness: lineWidth, color: color)
        let dot = min(lineWidth * 1.3, min(box.width, box.height) * 0.025)
        for point in annotation.points {
            canvas.dot(at: point, radius: dot * 1.7, color: shade, opacity: 0.45)
            canvas.dot(at: point, radius: dot * 1.25, color: .white)
            canvas.dot(at: point, radius: dot * 0.75, color: color)
        }
        occupied.append(box)
    }

    /// The chip with title and detail: above the box, below it or inside, where it covers least.
    mutating func drawLabel(of annotation: FaceAnnotation) {
        let color = style.color(for: annotation.title)
        let height = capitalHeight(for: annotation)
        let title = TextStyle(capitalHeight: height, color: color.readableText, weight: 1.75)
        let detail = TextStyle(capitalHeight: height, color: color.readableText, weight: 1.15)
        let margin = height * 0.7
        let titleWidth = Canvas.width(of: annotation.title, style: title)
        let gap = annotation.title.isEmpty || annotation.detail.isEmpty ? 0 : height * 0.45
        let width = titleWidth + gap + Canvas.width(of: annotation.detail, style: detail)
        guard width > 0 else { return }
        let chip = place(width: width + 2 * margin, height: height * 2.1, beside: annotation.box)
        canvas.fill(chip.expanded(by: lineWidth / 2), cornerRadius: height * 0.5, color: shade, opacity: 0.35)
        canvas.fill(chip, cornerRadius: height * 0.5, color: color)
        // A capital in the middle of the chip; most labels are in small letters, which look centred a little higher.
        let baseline = chip.y + (chip.height + height * 0.86) / 2
        canvas.draw(annotation.title, at: Point(x: chip.x + margin, y: baseline), style: title)
        canvas.draw(annotation.detail, at: Point(x: chip.x + margin + titleWidth + gap, y: baseline), style: detail)
        occupied.append(chip)
    }

    /// A panel of one bar for each score, right or left of the box; nothing where neither side has room.
    mutating func drawScores(of annotation: FaceAnnotation) {
        guard !annotation.scores.isEmpty else { return }
        let layout = ScorePanel(annotation.scores, capitalHeight: capitalHeight(for: annotation) * 0.82)
        let space = lineWidth * 4
        let box = annotation.box
        let bounds = canvas.image.bounds.expanded(by: -space)
        let top = min(max(box.y, bounds.top), bounds.bottom - layout.height)
        let sides = [box.right + space, box.left - space - layout.width]
        let candidates = sides.map { Rect(x: $0, y: top, width: layout.width, height: layout.height) }
        guard let panel = candidates.first(where: { bounds.intersection($0).area > 0.999 * $0.area }) else { return }
        layout.draw(in: panel, on: &canvas, style: style, ground: shade)
        occupied.append(panel)
    }

    /// Follows the picture's size, but stays in proportion to a small face.
    private func capitalHeight(for annotation: FaceAnnotation) -> Double {
        let byPicture = canvas.image.bounds.shorterSide * style.labelShare
        return max(min(byPicture, annotation.box.shorterSide * 0.13), 6)
    }

    private func place(width: Double, height: Double, beside box: Rect) -> Rect {
        let space = lineWidth * 1.5
        let picture = canvas.image.bounds
        let tops = [box.top - height - space, box.bottom + space, box.top + space, box.bottom - height - space]
        let chips = tops.map { top in
            Rect(
                x: min(max(box.left - lineWidth / 2, 0), max(picture.width - width, 0)), y: top, width: width,
                height: height)
        }
        let costs = chips.map { chip in
            let hidden = chip.area - chip.intersection(picture).area
            let cost = hidden * 1_000 + occupied.reduce(0) { $0 + chip.intersection($1).area }
            // Whole pixels, so that rounding errors do not decide between free places.
            return cost.rounded()
        }
        let best = costs.indices.min { costs[$0] < costs[$1] }
        return chips[best ?? 0]
    }
}

extension Rect {
    fileprivate var shorterSide: Double { min(width, height) }
}

extension Image {
    /// The picture with boxes, labels, dots and scores drawn over it; every size follows from that of the picture.
    public func annotated(with annotations: [FaceAnnotation], style: AnnotationStyle = .standard) -> Image {
        var painter = AnnotationPainter(image: self, style: style)
        for annotation in annotations { painter.drawFrame(of: annotation) }
        if style.showsScores, annotations.count == 1 {
            for annotation in annotations { painter.drawScores(of: annotation) }
        }
        // Labels come last, so that no other face's box crosses them.
        for annotation in annotations { painter.drawLabel(of: annotation) }
        return painter.canvas.image
    }
}
