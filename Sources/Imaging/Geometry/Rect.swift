/// An upright rectangle in picture coordinates: pixels, origin at the top left corner, x to the right, y down.
///
/// May reach beyond the picture, as a face cut off by the border does.
public struct Rect: Hashable, Sendable {
    public var x: Double
    public var y: Double
    public var width: Double
    public var height: Double

    public init(x: Double, y: Double, width: Double, height: Double) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }

    /// The rectangle between two corners, `(left, top)` and `(right, bottom)`.
    public init(left: Double, top: Double, right: Double, bottom: Double) {
        self.init(x: left, y: top, width: right - left, height: bottom - top)
    }

    public var left: Double { x }
    public var top: Double { y }
    public var right: Double { x + width }
    public var bottom: Double { y + height }
    public var area: Double { max(width, 0) * max(height, 0) }
    public var center: Point { Point(x: x + width / 2, y: y + height / 2) }

    /// The part covered by both; zero-sized where they do not meet.
    public func intersection(_ other: Rect) -> Rect {
        let left = max(left, other.left)
        let top = max(top, other.top)
        return Rect(
            left: left, top: top, right: max(min(right, other.right), left),
            bottom: max(min(bottom, other.bottom), top))
    }

    /// Intersection over union, 0…1; 0 when both are empty.
    public func overlap(with other: Rect) -> Double {
        let common = intersection(other).area
        let union = area + other.area - common
        return union > 0 ? common / union : 0
    }
}
