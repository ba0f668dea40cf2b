/// What the speaker of a recording usually sounds like: the mean of its windows, in which those count most that are taken for neutral.
///
/// So it is nearly the same where most of a recording is neutral and where a part is. Squared (`voice_training/recordings.py`), so that
/// doubtful windows count little.
struct UsualVoice {
    /// Added to each weight, so that a recording without neutral windows has a usual too: their plain mean.
    let leastWeight: Double

    /// - Parameters:
    ///   - features: of all windows, in the order of time.
    ///   - neutral: how surely each is neutral, 0 to 1.
    func around(_ features: [[Float]], neutral: [Double]) -> Recording {
        let weights = neutral.map { $0 * $0 + leastWeight }
        var sums = [Double](repeating: 0, count: features.first?.count ?? 0)
        for (values, weight) in zip(features, weights) { Self.add(values, weight, to: &sums) }
        return Recording(features: features, weights: weights, sums: sums, total: weights.reduce(0, +))
    }

    fileprivate static func add(_ values: [Float], _ weight: Double, to sums: inout [Double]) {
        for index in sums.indices { sums[index] += weight * Double(values[index]) }
    }

    struct Recording {
        fileprivate let features: [[Float]]
        fileprivate let weights: [Double]
        fileprivate let sums: [Double]
        fileprivate let total: Double

        /// How a window differs from what is usual in the rest of the recording: without itself and the windows before and after it,
        /// which mostly overlap with it. A window that is wrongly taken for neutral would else be compared with itself. Where no other
        /// window is left, from the whole.
        func difference(at place: Int) -> [Float] {
            let near = max(place - 1, 0)...min(place + 1, features.count - 1)
            let isAll = near.count == features.count
            var (usual, weight) = (sums, total)
            if !isAll {
                for other in near {
                    UsualVoice.add(features[other], -weights[other], to: &usual)
                    weight -= weights[other]
                }
            }
            return zip(features[place], usual).map { $0 - Float($1 / weight) }
        }
    }
}
