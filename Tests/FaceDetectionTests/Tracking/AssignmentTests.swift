import FaceDetection
import TestSupport
import Testing

@Suite struct AssignmentTests {
    /// The least total over all one-to-one assignments, tried one by one.
    private func leastTotal(_ costs: [[Double?]], row: Int = 0, taken: Set<Int> = []) -> Double {
        guard row < costs.count else { return 0 }
        var best = 1 + leastTotal(costs, row: row + 1, taken: taken)
        for (column, cost) in costs[row].enumerated() where !taken.contains(column) {
            guard let cost else { continue }
            best = min(best, cost + leastTotal(costs, row: row + 1, taken: taken.union([column])))
        }
        return best
    }

    @Test(arguments: 0..<60 as Range<UInt64>)
    func totalIsTheLeastOfAllAssignments(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let (rows, columns) = (Int.random(in: 0...5, using: &generator), Int.random(in: 0...5, using: &generator))
        let costs = (0..<rows).map { _ in
            (0..<columns).map { _ -> Double? in
                Int.random(in: 0..<4, using: &generator) == 0 ? nil : Double.random(in: 0..<1, using: &generator)
            }
        }
        let choice = Assignment.leastCost(costs, columns: columns)
        let given = choice.compactMap { $0 }
        #expect(choice.count == rows)
        #expect(Set(given).count == given.count)
        let total = zip(costs, choice).reduce(0.0) { sum, pair in
            guard let column = pair.1 else { return sum + 1 }
            return sum + (pair.0[column] ?? .infinity)
        }
        #expect(abs(total - leastTotal(costs)) < 1e-9, "seed \(seed)")
    }

    @Test func cheapestPairYieldsWhereTheTotalGains() {
        #expect(Assignment.leastCost([[0.1, 0.2], [0.15, nil]], columns: 2) == [1, 0])
    }
}
