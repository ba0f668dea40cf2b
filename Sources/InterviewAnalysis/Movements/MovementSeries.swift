import Emotions

/// The rows of what a face did in a session, in the order of time, whichever frames they come from.
struct MovementSeries: Sendable {
    /// Seconds since the session began.
    let times: [Double]
    let rows: [FaceMovements]
    /// Unbroken stretches of rows.
    let runs: [Range<Int>]
    /// Seconds from one row to the next, the median; nil for fewer than two rows.
    let usualStep: Double?

    /// A longer time without a row parts two runs, at fine steps; at coarse ones ``stepsThatPart`` usual steps do.
    private static let (partSeconds, stepsThatPart) = (0.5, 2.5)

    /// - Complexity: O(n log n).
    init(frames: [FrameData], missed: [MissedFrame]) {
        var rows: [(time: Double, row: FaceMovements)] = frames.compactMap { frame in
            frame.stage.isDetection ? frame.movements.map { (time: frame.timestamp, row: $0) } : nil
        }
        rows += missed.compactMap { frame in frame.movements.map { (time: frame.timestamp, row: $0) } }
        self.init(rows.sorted { $0.time < $1.time })
    }

    /// - Parameter rows: in the order of time.
    init(_ rows: [(time: Double, row: FaceMovements)]) {
        (times, self.rows) = (rows.map(\.time), rows.map(\.row))
        let steps = zip(times, times.dropFirst()).map { $1 - $0 }
        usualStep = steps.isEmpty ? nil : Statistics.median(steps)
        let longest = max(Self.partSeconds, Self.stepsThatPart * (usualStep ?? 0))
        var (runs, start): ([Range<Int>], Int) = ([], 0)
        for index in times.indices.dropFirst() where times[index] - times[index - 1] > longest {
            runs.append(start..<index)
            start = index
        }
        self.runs = times.isEmpty ? [] : runs + [start..<times.count]
    }

    /// Rows a second; 0 for fewer than two rows.
    var rate: Double { usualStep.map { $0 > 0 ? 1 / $0 : 0 } ?? 0 }

    /// The time that the rows stand for: a row for that until the next of its run, the last of a run for a usual step.
    var seconds: Double { runs.reduce(0) { $0 + seconds(of: $1) } }

    /// The time that the rows of a part of one run stand for.
    func seconds(of range: Range<Int>) -> Double { range.isEmpty ? 0 : end(of: range) - times[range.lowerBound] }

    /// Where the time of a part of a run ends.
    func end(of range: Range<Int>) -> Double {
        guard let last = range.last else { return 0 }
        let isInRun = last + 1 < times.count && times[last + 1] - times[last] <= longestStep
        return isInRun ? times[last + 1] : times[last] + (usualStep ?? 0)
    }

    private var longestStep: Double { max(Self.partSeconds, Self.stepsThatPart * (usualStep ?? 0)) }

    /// One number of every row.
    func column(_ value: (FaceMovements) -> Double) -> [Double] { rows.map(value) }

    /// The rows at most `seconds` before and after a row, of its run.
    func window(around index: Int, in run: Range<Int>, seconds: Double) -> Range<Int> {
        let (from, to) = (times[index] - seconds, times[index] + seconds)
        var (first, end) = (index, index + 1)
        while first > run.lowerBound, times[first - 1] >= from { first -= 1 }
        while end < run.upperBound, times[end] <= to { end += 1 }
        return first..<end
    }

    /// Each value as the median of those at most `seconds` before and after it.
    func steadied(_ values: [Double], seconds: Double) -> [Double] {
        quantiles(values, 0.5, seconds: seconds)
    }

    /// The values without what is high for less than about half of `seconds`, and without what is low for so short a time
    /// within what is high.
    func lasting(_ values: [Double], seconds: Double) -> [Double] {
        quantiles(quantiles(values, 0.25, seconds: seconds / 2), 0.75, seconds: seconds / 2)
    }

    private func quantiles(_ values: [Double], _ share: Double, seconds: Double) -> [Double] {
        var result = values
        for run in runs {
            for index in run {
                result[index] = Statistics.quantile(values[window(around: index, in: run, seconds: seconds)], share)
            }
        }
        return result
    }

    /// The rows at which a value turns, from a low to a high place or back, by `least` at least each time.
    func turningPoints(of values: [Double], in run: Range<Int>, least: Double) -> [Int] {
        guard let first = run.first else { return [] }
        var points: [Int] = []
        // Where the value was farthest since the last turning point, to either side.
        var (high, low, direction) = (first, first, 0)
        for index in run {
            if values[index] > values[high] { high = index }
            if values[index] < values[low] { low = index }
            if direction <= 0, values[index] - values[low] >= least {
                points.append(low)
                (direction, high, low) = (1, index, index)
            } else if direction >= 0, values[high] - values[index] >= least {
                points.append(high)
                (direction, low, high) = (-1, index, index)
            }
        }
        if direction != 0 { points.append(direction > 0 ? high : low) }
        return points
    }

    /// The time that the rows for which `counts` holds stand for.
    func seconds(where counts: (Int) -> Bool) -> Double {
        rows.indices.reduce(0) { counts($1) ? $0 + seconds(of: $1..<($1 + 1)) : $0 }
    }

    /// The share of the time in which `isSo` holds, over the rows where `counts` does.
    func share(where isSo: [Bool], counting counts: (Int) -> Bool = { _ in true }) -> MeasuredShare? {
        var (yes, all, rows) = (0.0, 0.0, 0)
        for run in runs {
            for index in run where counts(index) {
                let seconds = self.seconds(of: index..<(index + 1))
                all += seconds
                rows += 1
                if isSo[index] { yes += seconds }
            }
        }
        return MeasuredShare(yes / all, rows: rows, seconds: all)
    }
}

extension MovementSeries {
    /// Stretches of at least `minimum` seconds in which a value stays high: from where it reaches `enter` back to where it
    /// was below `leave`, and on to where it is again. Two with less than `bridge` seconds between them are one.
    func stretches(
        of values: [Double], enter: Double, leave: Double, minimum: Double, bridge: Double = 0
    ) -> [MovementStretch] {
        runs.flatMap { run -> [MovementStretch] in
            var found: [Range<Int>] = []
            var start: Int?
            var isHigh = false
            func close(at end: Int) {
                if isHigh, let start {
                    if let last = found.last, times[start] - self.end(of: last) < bridge {
                        found[found.count - 1] = last.lowerBound..<end
                    } else {
                        found.append(start..<end)
                    }
                }
                (start, isHigh) = (nil, false)
            }
            for index in run {
                guard values[index] >= leave else {
                    close(at: index)
                    continue
                }
                start = start ?? index
                isHigh = isHigh || values[index] >= enter
            }
            close(at: run.upperBound)
            // Times are sums of steps: a hair less than the least time is as long.
            return found.filter { seconds(of: $0) >= minimum - 1e-6 }.map { range in
                let peak = range.max { values[$0] < values[$1] } ?? range.lowerBound
                return MovementStretch(
                    start: times[range.lowerBound], end: end(of: range), peak: values[peak],
                    rows: range)
            }
        }
    }

    /// Stretches in which something holds, as ``stretches(of:enter:leave:minimum:bridge:)``.
    func stretches(where isSo: [Bool], minimum: Double, bridge: Double = 0) -> [MovementStretch] {
        stretches(of: isSo.map { $0 ? 1 : 0 }, enter: 1, leave: 1, minimum: minimum, bridge: bridge)
    }
}

/// Something that lasted for a while.
struct MovementStretch: Sendable {
    let start: Double
    let end: Double
    let peak: Double
    let rows: Range<Int>

    var span: TimeSpan { TimeSpan(start: start, end: end) }
}
