/// One-to-one assignment of least total cost.
///
/// A greedy choice takes the cheapest pair first and may leave the other two faces of a crossing with each other's
/// names; the least total cannot.
package enum Assignment {
    /// For each row the column it is given, or nil; every column goes to one row at most.
    ///
    /// Rows and columns stay unassigned where that is cheaper: leaving a row alone costs `alone`, so no pair dearer than
    /// that is ever made. Equal totals are decided by the order of rows and columns, always in the same way.
    ///
    /// - Parameters:
    ///   - costs: a row of equally many costs for each row, nil where a pair is impossible; below `alone` otherwise.
    ///   - columns: how many columns there are.
    ///   - alone: what an unassigned row costs.
    /// - Complexity: O(rows² · (rows + columns)).
    /// - Source: Kuhn, The Hungarian method for the assignment problem, 1955, doi:10.1002/nav.3800020109, in the form
    ///   with potentials and shortest augmenting paths (Jonker and Volgenant, 1987, doi:10.1007/BF02278710).
    package static func leastCost(_ costs: [[Double?]], columns: Int, alone: Double = 1) -> [Int?] {
        precondition(costs.allSatisfy { $0.count == columns }, "rows of costs differ from \(columns) columns")
        var search = Search(rows: costs.count, columns: columns + costs.count) { row, column in
            guard column < columns else { return alone }
            return costs[row][column] ?? impossible
        }
        for row in costs.indices { search.place(row) }
        return search.columnOfRow(count: costs.count).map { $0 < columns ? $0 : nil }
    }

    /// Dearer than leaving every row alone.
    private static let impossible = 1e9

    /// The state of the method; row `rows` stands for "none".
    private struct Search {
        private let rows: Int
        private let columns: Int
        private let cost: (Int, Int) -> Double
        private var rowPotential: [Double]
        private var columnPotential: [Double]
        private var rowOfColumn: [Int]

        /// - Precondition: at least as many columns as rows.
        init(rows: Int, columns: Int, cost: @escaping (Int, Int) -> Double) {
            (self.rows, self.columns, self.cost) = (rows, columns, cost)
            rowPotential = [Double](repeating: 0, count: rows)
            columnPotential = [Double](repeating: 0, count: columns)
            rowOfColumn = [Int](repeating: rows, count: columns)
        }

        /// Gives `row` a column, moving others along the cheapest chain of exchanges.
        mutating func place(_ row: Int) {
            var distance = [Double](repeating: .infinity, count: columns)
            var before = [Int?](repeating: nil, count: columns)
            var isDone = [Bool](repeating: false, count: columns)
            var (current, last): (Int, Int?) = (row, nil)
            while current != rows {
                var nearest = 0
                var step = Double.infinity
                for column in 0..<columns where !isDone[column] {
                    let reduced = cost(current, column) - rowPotential[current] - columnPotential[column]
                    if reduced < distance[column] { (distance[column], before[column]) = (reduced, last) }
                    if distance[column] < step { (step, nearest) = (distance[column], column) }
                }
                rowPotential[row] += step
                for column in 0..<columns {
                    if isDone[column] {
                        rowPotential[rowOfColumn[column]] += step
                        columnPotential[column] -= step
                    } else {
                        distance[column] -= step
                    }
                }
                isDone[nearest] = true
                (current, last) = (rowOfColumn[nearest], nearest)
            }
            while let column = last {
                rowOfColumn[column] = before[column].map { rowOfColumn[$0] } ?? row
                last = before[column]
            }
        }

        func columnOfRow(count: Int) -> [Int] {
            var result = [Int](repeating: columns, count: count)
            for (column, row) in rowOfColumn.enumerated() where row < rows { result[row] = column }
            return result
        }
    }
}
