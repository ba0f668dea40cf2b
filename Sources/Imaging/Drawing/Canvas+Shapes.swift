/// Rectangles, discs and lines. Positions are picture coordinates: (0, 0) is the top left corner of the first pixel.
extension Canvas {
    /// Fills a rectangle whose corners are rounded by `cornerRadius` pixels.
    public mutating func fill(_ rect: Rect, cornerRadius: Double = 0, color: Color, opacity: Double = 1) {
        guard rect.width > 0, rect.height > 0 else { return }
        let shape = RoundedRectangle(rect, cornerRadius: cornerRadius)
        fill(within: rect.expanded(by: 1), color: color, opacity: opacity) { shape.distance(x: $0, y: $1) }
    }

    /// Draws the border of a rectangle, `thickness` pixels wide and centred on its edges.
    public mutating func outline(
        _ rect: Rect, cornerRadius: Double = 0, thickness: Double, color: Color, opacity: Double = 1
    ) {
        guard rect.width > 0, rect.height > 0, thickness > 0 else { return }
        let shape = RoundedRectangle(rect, cornerRadius: cornerRadius)
        let half = thickness / 2
        let hole = rect.expanded(by: -max(cornerRadius, half + 1))
        fill(within: rect.expanded(by: half + 1), except: hole, color: color, opacity: opacity) {
            abs(shape.distance(x: $0, y: $1)) - half
        }
    }

    /// Fills a disc.
    public mutating func dot(at center: Point, radius: Double, color: Color, opacity: Double = 1) {
        let bounds = Rect(x: center.x, y: center.y, width: 0, height: 0).expanded(by: radius + 1)
        fill(within: bounds, color: color, opacity: opacity) { x, y in
            ((x - center.x) * (x - center.x) + (y - center.y) * (y - center.y)).squareRoot() - radius
        }
    }

    /// Draws a line with round ends.
    public mutating func line(
        from start: Point, to end: Point, thickness: Double, color: Color, opacity: Double = 1
    ) {
        let segment = Segment(start: start, end: end)
        let bounds = segment.bounds.expanded(by: thickness / 2 + 1)
        fill(within: bounds, color: color, opacity: opacity) { segment.distance(x: $0, y: $1) - thickness / 2 }
    }
}
