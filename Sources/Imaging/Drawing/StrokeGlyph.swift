/// One letter as the path of a pen with a round tip.
///
/// Units: capitals are 10 high, small letters 7, the baseline lies at 0 and y points up.
struct StrokeGlyph {
    /// From the leftmost to the rightmost point of the pen's path.
    let width: Double
    /// Connected points; a dot is a stroke of one point.
    let strokes: [[Point]]

    /// A path in a small language, its words separated by blanks.
    ///
    /// `M x y` lifts the pen and sets it down, `L x y` draws a line, `A cx cy rx ry from to` an arc of an ellipse
    /// between two angles in degrees, counterclockwise when `to` is larger; an arc that does not follow an `M` or a
    /// stroke begins one. `O cx cy rx ry` is a whole ellipse.
    init(width: Double, path: String) {
        self.width = width
        var words = path.split(separator: " ")[...]
        var strokes: [[Point]] = []
        func numbers(_ count: Int) -> [Double] {
            let taken = words.prefix(count).compactMap { Double($0) }
            precondition(taken.count == count, "\(count) numbers expected in the glyph \(path)")
            words = words.dropFirst(count)
            return taken
        }
        while let command = words.popFirst() {
            switch command {
            case "M":
                let point = numbers(2)
                strokes.append([Point(x: point[0], y: point[1])])
            case "L":
                let point = numbers(2)
                precondition(!strokes.isEmpty, "a line without a beginning in the glyph \(path)")
                strokes[strokes.count - 1].append(Point(x: point[0], y: point[1]))
            case "A":
                let arc = Self.arc(numbers(6))
                if strokes.isEmpty { strokes = [arc] } else { strokes[strokes.count - 1] += arc }
            case "O": strokes.append(Self.arc(numbers(4) + [0, 360]))
            default: preconditionFailure("\(command) is no command of the glyph \(path)")
            }
        }
        self.strokes = strokes
    }

    /// Points 12° apart: less than a tenth of a pixel off the ellipse for letters up to 100 pixels.
    private static func arc(_ arc: [Double]) -> [Point] {
        let steps = max(Int((abs(arc[5] - arc[4]) / 12).rounded(.up)), 1)
        return (0...steps).map { step in
            let degrees = arc[4] + (arc[5] - arc[4]) * Double(step) / Double(steps)
            let direction = UnitRotation(radians: degrees * .pi / 180)
            return Point(x: arc[0] + arc[2] * direction.cosine, y: arc[1] + arc[3] * direction.sine)
        }
    }
}
