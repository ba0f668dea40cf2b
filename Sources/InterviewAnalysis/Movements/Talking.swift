/// When the lips moved as they do in speech, and when they did not. Nothing is heard: chewing and laughing move them too.
public struct Talking: Codable, Sendable, Hashable {
    public let share: MeasuredShare
    /// In the order of time.
    public let stretches: [TimeSpan]

    /// Speech opens and shuts the mouth several times a second, by so much in parts of the eyes' distance; a smile opens it
    /// once. So many turning points within two seconds are speech.
    private static let (leastOpening, turns, turnSeconds) = (0.03, 5, 2.0)
    /// Speech begins a little before its first turning point, and ends a little after its last.
    private static let edgeSeconds = 0.15
    /// Shorter silences are pauses of speech.
    private static let bridgeSeconds = 1.0

    /// Nil where frames are too far apart.
    init?(_ series: MovementSeries) {
        guard MovementNeed.talking.isMet(by: series), series.seconds >= MovementNeed.leastSeconds else { return nil }
        let openings = series.column { $0[.mouthOpening] }
        var (found, isTalking): ([TimeSpan], [Bool]) = ([], openings.map { _ in false })
        for run in series.runs {
            let times = series.turningPoints(of: openings, in: run, least: Self.leastOpening).map { series.times[$0] }
            let (start, end) = (series.times[run.lowerBound], series.end(of: run))
            var spoken: [TimeSpan] = []
            for (first, last) in zip(times, times.dropFirst(Self.turns - 1)) where last - first <= Self.turnSeconds {
                let span = TimeSpan(start: max(start, first - Self.edgeSeconds), end: min(end, last + Self.edgeSeconds))
                if let before = spoken.last, span.start - before.end < Self.bridgeSeconds {
                    spoken[spoken.count - 1] = TimeSpan(start: before.start, end: span.end)
                } else {
                    spoken.append(span)
                }
            }
            for index in run {
                isTalking[index] = spoken.contains { $0.start <= series.times[index] && series.times[index] < $0.end }
            }
            found += spoken
        }
        stretches = found
        guard let share = series.share(where: isTalking) else { return nil }
        self.share = share
    }

    /// The part of a stretch of time in which the lips moved, 0…1.
    func share(from start: Double, to end: Double) -> Double {
        guard end > start else { return stretches.contains { $0.start <= start && start < $0.end } ? 1 : 0 }
        let seconds = stretches.reduce(0) { $0 + max(0, min($1.end, end) - max($1.start, start)) }
        return seconds / (end - start)
    }
}
