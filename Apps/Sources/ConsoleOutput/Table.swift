/// Rows of text in aligned columns.
public struct Table: Sendable {
    /// On which side of its column a cell stands.
    public enum Alignment: Sendable { case left, right }

    private let alignments: [Alignment]
    private var rows: [[String]] = []

    /// A table with one column for each alignment.
    public init(_ alignments: Alignment...) {
        self.alignments = alignments
    }

    /// Adds a row.
    ///
    /// - Precondition: `cells` holds one text a column.
    public mutating func append(_ cells: String...) {
        precondition(cells.count == alignments.count, "\(cells.count) cells for \(alignments.count) columns")
        rows.append(cells)
    }

    /// The rows as lines, columns two spaces apart, without spaces at the end of a line.
    public var lines: [String] {
        let widths = alignments.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let line = row.indices.map { column in
                let fill = String(repeating: " ", count: widths[column] - row[column].count)
                return alignments[column] == .left ? row[column] + fill : fill + row[column]
            }.joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed())
        }
    }
}
