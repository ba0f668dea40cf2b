import Testing

@testable import VoiceEmotion

@Suite struct UsualVoiceTests {
    private let usual = UsualVoice(leastWeight: 0.05)

    /// How a lively window differs from the rest, whether a tenth or two thirds of that are lively: from a calm one, nearly.
    @Test func isNearlyTheSameHoweverMuchIsNeutral() {
        for lively in [2, 10, 16] {
            let isLively = [true, true] + (0..<24).map { $0 < lively }
            let recording = usual.around(isLively.map { [$0 ? 1 : 0] }, neutral: isLively.map { $0 ? 0.05 : 0.9 })
            let difference = recording.difference(at: 0)[0]
            let rest = isLively.dropFirst(2)
            let weights = rest.map { $0 ? 0.0525 : 0.86 }
            let expected = 1 - Double(lively) * 0.0525 / weights.reduce(0, +)
            #expect(abs(Double(difference) - expected) < 1e-6)
            #expect(difference > 0.85, "\(lively) of 24 lively")
        }
    }

    /// What shares sound with a window is no measure of it, however neutral it is taken for.
    @Test func leavesOutTheWindowAndItsNeighbours() {
        let features: [[Float]] = [[1, 0], [5, 0], [9, 9], [0, 5], [0, 1]]
        let recording = usual.around(features, neutral: [0, 1, 1, 1, 0])
        #expect(recording.difference(at: 2) == [8.5, 8.5])
        #expect(recording.difference(at: 0).map { ($0 * 1e3).rounded() } == [-3395, -6860])
    }

    @Test func isTheMeanWhereNothingIsNeutralOrLeft() {
        let features: [[Float]] = [[1], [2], [6]]
        let recording = usual.around(features, neutral: [0, 0, 0])
        #expect(recording.difference(at: 1) == [-1])
        #expect(recording.difference(at: 0) == [-5])
        #expect(usual.around([[4]], neutral: [1]).difference(at: 0) == [0])
    }
}
