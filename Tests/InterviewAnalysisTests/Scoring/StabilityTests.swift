import InterviewAnalysis
import Testing

@Suite struct StabilityTests {
    /// A variance of 0.0225 prints as the 0.02 of section 8 and gives its consistency of 0.85.
    @Test func joinsVarianceAndConsistencyAsInSection8() {
        let stability = Stability(of: [0.57, 0.87, 0.57, 0.87])
        #expect(abs(stability.variance - 0.0225) < 1e-12)
        #expect(abs(stability.consistency - 0.85) < 1e-12)
    }

    @Test(arguments: [
        ([0.5, 0.5, 0.5, 0.6, 0.6, 0.6], Stability.Trend.improving),
        ([0.6, 0.6, 0.6, 0.5, 0.5, 0.5], .declining),
        ([0.5, 0.5, 0.5, 0.54, 0.54, 0.54], .stable),
        ([0.5, 0.5, 0.5, 0.9, 0.6, 0.6, 0.6], .improving),
        ([0.1, 0.2, 0.8, 0.9, 0.9], .stable),
    ])
    func namesTheTrendOfHalves(scores: [Double], trend: Stability.Trend) {
        #expect(Stability(of: scores).trend == trend)
    }

    @Test func isPerfectForOneFrame() {
        let stability = Stability(of: [0.3])
        #expect(stability.variance == 0)
        #expect(stability.consistency == 1)
        #expect(stability.trend == .stable)
    }
}
