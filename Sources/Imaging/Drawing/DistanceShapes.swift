/// The straight line between two points.
struct Segment {
    let start: Point
    let end: Point

    var bounds: Rect {
        Rect(
            left: min(start.x, end.x), top: min(start.y, end.y), right: max(start.x, end.x),
            bottom: max(start.y, end.y))
    }

    /// From (x, y) to the nearest point of the line.
    func distance(x: Double, y: Double) -> Double { squaredDistance(x: x, y: y).squareRoot() }

    func squaredDistance(x: Double, y: Double) -> Double {
        let (dx, dy) = (end.x - start.x, end.y - start.y)
        let squaredLength = dx * dx + dy * dy
        let along = squaredLength > 0 ? ((x - start.x) * dx + (y - start.y) * dy) / squaredLength : 0
        let position = min(max(along, 0), 1)
        let (offX, offY) = (x - start.x - position * dx, y - start.y - position * dy)
        return offX * offX + offY * offY
    }
}

/// A rectangle with quarter circles for corners.
struct RoundedRectangle {
    private let center: Point
    private let halfWidth: Double
    private let halfHeight: Double
    private let radius: Double

    /// - Parameter cornerRadius: no more than half of the shorter side is used.
    init(_ rect: Rect, cornerRadius: Double) {
        center = rect.center
        radius = min(max(cornerRadius, 0), min(rect.width, rect.height) / 2)
        halfWidth = rect.width / 2 - radius
        halfHeight = rect.height / 2 - radius
    }

    /// From (x, y) to the edge; negative inside.
    func distance(x: Double, y: Double) -> Double {
        let outX = abs(x - center.x) - halfWidth
        let outY = abs(y - center.y) - halfHeight
        let (beyondX, beyondY) = (max(outX, 0), max(outY, 0))
        return (beyondX * beyondX + beyondY * beyondY).squareRoot() + min(max(outX, outY), 0) - radius
    }
}

extension Rect {
    /// Larger by `margin` on every side; smaller where it is negative.
    func expanded(by margin: Double) -> Rect {
        Rect(x: x - margin, y: y - margin, width: width + 2 * margin, height: height + 2 * margin)
    }
}
