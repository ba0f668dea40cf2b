/// Blinks: both lids go down and up within half a second.
public struct BlinkCount: Codable, Sendable, Hashable {
    public let rate: MeasuredRate
    /// When each lid was lowest, in seconds since the session began.
    public let times: [Double]
    /// Where the eyes were shut for longer than a blink.
    public let shut: [TimeSpan]

    /// How far beyond their level the lids go down in a blink at least, and where it begins and ends.
    static let (depth, edge) = (0.22, 0.11)
    /// Eyes that are down for longer do something else.
    static let longestSeconds = 0.5
    /// Lids come up slowly after a blink; what takes longer, with a double blink, is a look down.
    private static let longestDip = 1.0
    /// Eyes that stay beyond this are shut, and not only looking down.
    private static let shutLevel = 0.5
    /// Eyes are open for more than the rest of the time around a moment.
    private static let (levelSeconds, levelStep, openShare) = (2.5, 0.5, 0.25)

    /// Nil where frames are too far apart, or too few faces are turned to the camera.
    init?(_ series: MovementSeries) {
        guard MovementNeed.blinks.isMet(by: series) else { return nil }
        let lids = series.column(\.blink)
        let depths = Self.depths(in: series)
        // Lids of a face that is turned aside are hidden by its nose, or half seen.
        let isSeen = series.rows.map(\.facesCamera)
        let values = zip(depths, isSeen).map { $1 ? $0 : -1 }
        let blinks = Self.blinks(of: values, in: series)
        shut = series.stretches(
            of: zip(lids, isSeen).map { $1 ? $0 : -1 }, enter: Self.shutLevel, leave: Self.shutLevel * 0.8,
            minimum: Self.longestSeconds
        ).map(\.span)
        let seconds = series.seconds(where: { isSeen[$0] })
        guard seconds >= MovementNeed.leastSeconds, let rate = MeasuredRate(count: blinks.count, seconds: seconds)
        else { return nil }
        (self.rate, times) = (rate, blinks.map(\.time))
    }

    /// The blinks among the places where lids go down: those that are over half of their depth for half a second at most.
    /// What begins before a run or ends after it is no whole blink.
    private static func blinks(of depths: [Double], in series: MovementSeries) -> [Blink] {
        let dips = series.stretches(of: depths, enter: depth, leave: edge, minimum: 0)
        return dips.filter { $0.end - $0.start <= longestDip }.flatMap { dip -> [Blink] in
            // A double blink does not come up wholly between its two.
            let isLow = dip.rows.map { depths[$0] >= dip.peak / 2 }
            var ranges: [Range<Int>] = []
            for (index, low) in zip(dip.rows, isLow) where low {
                if let last = ranges.last, last.upperBound == index {
                    ranges[ranges.count - 1] = last.lowerBound..<(index + 1)
                } else {
                    ranges.append(index..<(index + 1))
                }
            }
            return ranges.map { range in
                let lowest = range.max { depths[$0] < depths[$1] } ?? range.lowerBound
                return Blink(rows: range, time: series.times[lowest], depth: depths[lowest])
            }
        }.filter { blink in
            let (first, end) = (blink.rows.lowerBound, blink.rows.upperBound)
            let isWhole = series.runs.contains { $0.lowerBound < first && end < $0.upperBound }
            return isWhole && blink.depth >= depth && series.seconds(of: blink.rows) <= longestSeconds
        }
    }

    private struct Blink {
        let rows: Range<Int>
        /// When the lids were lowest, and how far below their level.
        let time: Double
        let depth: Double
    }

    /// How far both lids are below where they mostly are: the mean of both, or the lesser where one eye hardly takes part.
    private static func depths(in series: MovementSeries) -> [Double] {
        let sides = [FaceMovements.Signal.blinkLeft, .blinkRight].map { signal in
            let lids = series.column { $0[signal] }
            return zip(lids, levels(of: lids, in: series)).map { $0 - $1 }
        }
        return zip(sides[0], sides[1]).map { left, right in
            min(left, right) >= leastPart * max(left, right) ? (left + right) / 2 : min(left, right)
        }
    }

    /// An eye that goes down by less than this part of the other does not blink with it.
    private static let leastPart = 1.0 / 3

    /// The place of the open lids around each row: the lower quarter of five seconds, taken anew every half.
    private static func levels(of lids: [Double], in series: MovementSeries) -> [Double] {
        var levels = lids
        for run in series.runs {
            var (level, due) = (0.0, -Double.infinity)
            for index in run {
                if series.times[index] >= due {
                    let window = series.window(around: index, in: run, seconds: levelSeconds)
                    level = Statistics.quantile(lids[window], openShare)
                    due = series.times[index] + levelStep
                }
                levels[index] = level
            }
        }
        return levels
    }
}

extension FaceMovements {
    /// Whether the face is turned to the camera so far that both eyes and both corners of the mouth are well seen.
    var facesCamera: Bool { abs(self[.yaw]) <= 30 && abs(self[.pitch]) <= 40 }
}
