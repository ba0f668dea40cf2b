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
    package func overlap(with other: Rect) -> Double {
        let common = intersection(other).area
        let union = area + other.area - common
        return union > 0 ? common / union : 0
    }
}

/// A position in a picture: pixels from the top left corner, x to the right, y down.
public struct Point: Hashable, Sendable {
    public var x: Double
    public var y: Double

    public init(x: Double, y: Double) {
        self.x = x
        self.y = y
    }
}

// Places as they stand in every JSON document of this package: short lists of numbers in pixels.

extension Point: Codable {
    /// Reads `[x, y]`.
    public init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        self.init(x: try container.decode(Double.self), y: try container.decode(Double.self))
        try container.requireEnd(after: 2)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.unkeyedContainer()
        for number in [x, y] { try container.encode(number) }
    }
}

extension Rect: Codable {
    /// Reads `[x, y, width, height]`.
    public init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        self.init(
            x: try container.decode(Double.self), y: try container.decode(Double.self),
            width: try container.decode(Double.self), height: try container.decode(Double.self))
        try container.requireEnd(after: 4)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.unkeyedContainer()
        for number in [x, y, width, height] { try container.encode(number) }
    }
}

extension UnkeyedDecodingContainer {
    /// That a list of numbers is no longer than it should be.
    fileprivate func requireEnd(after count: Int) throws {
        guard isAtEnd else {
            throw DecodingError.dataCorruptedError(in: self, debugDescription: "a list of \(count) numbers is expected")
        }
    }
}
