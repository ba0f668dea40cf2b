/// How the head moved: at rest, nodding, shaking.
public struct HeadGestures: Codable, Sendable, Hashable {
    /// The share of the time in which the head turned by less than 4° within a second; nil below four frames a second.
    public let still: MeasuredShare?
    /// Nil below ten frames a second.
    public let nods: Gesture?
    public let shakes: Gesture?

    /// A movement that comes and goes.
    public struct Gesture: Codable, Sendable, Hashable {
        public let rate: MeasuredRate
        /// When, in the order of time.
        public let spans: [TimeSpan]
    }

    private static let (stillDegrees, stillSeconds) = (4.0, 0.5)

    init(_ series: MovementSeries) {
        let isLong = series.seconds >= MovementNeed.leastSeconds
        still =
            isLong && MovementNeed.stillness.isMet(by: series) ? series.share(where: Self.stillness(in: series)) : nil
        let isFine = isLong && MovementNeed.nods.isMet(by: series)
        nods = isFine ? Self.gesture(HeadSwings.nods(in: series), in: series) : nil
        shakes = isFine ? Self.gesture(HeadSwings.shakes(in: series), in: series) : nil
    }

    private static func gesture(_ spans: [TimeSpan], in series: MovementSeries) -> Gesture? {
        MeasuredRate(count: spans.count, seconds: series.seconds).map { Gesture(rate: $0, spans: spans) }
    }

    private static func stillness(in series: MovementSeries) -> [Bool] {
        var isStill = [Bool](repeating: false, count: series.rows.count)
        let angles = [FaceMovements.Signal.yaw, .pitch, .roll].map { signal in series.column { $0[signal] } }
        for run in series.runs {
            for index in run {
                let window = series.window(around: index, in: run, seconds: stillSeconds)
                isStill[index] = angles.allSatisfy { angle in
                    let inside = angle[window]
                    return (inside.max() ?? 0) - (inside.min() ?? 0) < stillDegrees
                }
            }
        }
        return isStill
    }
}

/// Swings of the head: from one turning point of an angle to the next.
enum HeadSwings {
    private struct Swing {
        let start: Double
        let end: Double
        /// Degrees, with the sign of the direction.
        let degrees: Double
    }

    /// A nod goes down and comes back by so many degrees at least, each way within half a second or a little more.
    private static let (nodDegrees, nodSeconds) = (4.0, 0.6)
    /// A shake goes to one side and back and to the side again.
    private static let (shakeDegrees, shakeSeconds) = (5.0, 0.6)
    /// The way back is about as long as the way there: half of it at least.
    private static let returnShare = 0.5
    /// Two gestures with less time between them are one.
    private static let bridgeSeconds = 0.5
    private static let steadySeconds = 0.05

    static func nods(in series: MovementSeries) -> [TimeSpan] {
        gestures(in: series, along: .pitch, against: .yaw, least: nodDegrees, longest: nodSeconds, swings: 2)
    }

    static func shakes(in series: MovementSeries) -> [TimeSpan] {
        gestures(in: series, along: .yaw, against: .pitch, least: shakeDegrees, longest: shakeSeconds, swings: 3)
    }

    /// Runs of quick swings to and fro of one angle, while the other turns less.
    private static func gestures(
        in series: MovementSeries, along main: FaceMovements.Signal, against other: FaceMovements.Signal,
        least: Double, longest: Double, swings count: Int
    ) -> [TimeSpan] {
        let values = series.steadied(series.column { $0[main] }, seconds: steadySeconds)
        let others = series.column { $0[other] }
        var found: [TimeSpan] = []
        for run in series.runs {
            var chain: [Swing] = []
            func close() {
                defer { chain = [] }
                guard chain.count >= count, let first = chain.first, let last = chain.last else { return }
                let inside = others[rows(of: series, from: first.start, to: last.end)]
                let across = (inside.max() ?? 0) - (inside.min() ?? 0)
                let along = chain.map { abs($0.degrees) }.max() ?? 0
                guard across < along else { return }
                if let before = found.last, first.start - before.end < bridgeSeconds {
                    found[found.count - 1] = TimeSpan(start: before.start, end: last.end)
                } else {
                    found.append(TimeSpan(start: first.start, end: last.end))
                }
            }
            for swing in swings(of: values, in: run, series, least: least) {
                guard swing.end - swing.start <= longest else {
                    close()
                    continue
                }
                if let last = chain.last {
                    let share = abs(swing.degrees / last.degrees)
                    if share < returnShare || share > 1 / returnShare { close() }
                }
                chain.append(swing)
            }
            close()
        }
        return found
    }

    private static func rows(of series: MovementSeries, from start: Double, to end: Double) -> Range<Int> {
        let first = series.times.firstIndex { $0 >= start } ?? series.times.endIndex
        let last = series.times.lastIndex { $0 <= end } ?? first
        return first..<max(first, last + 1)
    }

    /// From turning point to turning point, each by `least` degrees at least.
    private static func swings(
        of values: [Double], in run: Range<Int>, _ series: MovementSeries, least: Double
    ) -> [Swing] {
        let points = series.turningPoints(of: values, in: run, least: least)
        return zip(points, points.dropFirst()).map { first, second in
            Swing(
                start: series.times[first], end: series.times[second], degrees: values[second] - values[first])
        }
    }
}
