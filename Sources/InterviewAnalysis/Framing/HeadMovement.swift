/// How much a head moved, judged by its box; a camera that moves counts as well.
public struct HeadMovement: Codable, Sendable, Hashable {
    /// Side to side: how far the middle of the face lay from its own mean of ten seconds, as a standard deviation over
    /// the face's width.
    public let sway: Double
    /// To and fro: likewise of the face's size, as a part of it.
    public let lean: Double

    /// A movement in one word.
    public enum Amount: String, Codable, Sendable, Hashable {
        case little, some, much
    }

    /// In clips of people who sat and talked the sway was 0.01, in others who moved their heads 0.06 to 0.15.
    public var swayAmount: Amount { Self.amount(of: sway, some: 0.03, much: 0.1) }
    /// In the same clips the leaning was 0.01, and 0.04 to 0.08.
    public var leanAmount: Amount { Self.amount(of: lean, some: 0.025, much: 0.07) }

    private static func amount(of value: Double, some: Double, much: Double) -> Amount {
        value < some ? .little : value < much ? .some : .much
    }

    /// With fewer frames a second a movement may come and go between two of them.
    package static let leastFramesPerSecond = 4.0
    /// Seconds over which a place counts as the same seat.
    static let seatSeconds = 10.0
    /// A step longer than this, in seconds, parts the movement before it from the movement after it.
    static let longestStep = 1.0

    /// - Parameter frames: in the order of time.
    /// - Returns: nil with fewer than ``leastFramesPerSecond``, or too few boxes for one seat.
    /// - Complexity: O(frames).
    init?(of frames: [FrameData]) {
        let seen = frames.compactMap { frame in frame.faceBox.map { (time: frame.timestamp, box: $0) } }
        let steps = zip(seen, seen.dropFirst()).map { $1.time - $0.time }
        // A step of exactly a quarter of a second may come out a little longer by rounding.
        guard steps.count >= Self.leastSteps, steps.reduce(0, +) >= Self.leastSeconds,
            Statistics.median(steps) <= 1.02 / Self.leastFramesPerSecond
        else { return nil }
        let width = Statistics.median(seen.map { Double($0.box.width) })
        let height = Statistics.median(seen.map { Double($0.box.height) })
        guard width > 0, height > 0 else { return nil }
        let times = seen.map(\.time)
        sway = Self.deviation(
            of: seen.map { (Double($0.box.x) + Double($0.box.width) / 2) / width }, at: times)
        lean = Self.deviation(of: seen.map { Double($0.box.height) / height }, at: times)
    }

    /// A shorter stretch does not show how somebody sits.
    private static let leastSeconds = 8.0
    /// Nearly as many steps as such a stretch has at the least rate.
    private static let leastSteps = 30

    /// Standard deviation from the mean of the ten seconds around each value, runs with long steps between them apart.
    private static func deviation(of values: [Double], at times: [Double]) -> Double {
        var (squares, start, end, sum) = (0.0, 0, 0, 0.0)
        for index in values.indices {
            if index > 0, times[index] - times[index - 1] > longestStep { (start, end, sum) = (index, index, 0) }
            while end < values.count, times[end] <= times[index] + seatSeconds / 2,
                end == index || times[end] - times[max(0, end - 1)] <= longestStep
            {
                sum += values[end]
                end += 1
            }
            while times[start] < times[index] - seatSeconds / 2 {
                sum -= values[start]
                start += 1
            }
            let distance = values[index] - sum / Double(end - start)
            squares += distance * distance
        }
        return (squares / Double(values.count)).squareRoot()
    }
}
