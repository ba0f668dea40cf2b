extension Tensor {
    /// A matrix with zeros added below and to the right; a vector counts as one row.
    ///
    /// - Precondition: rank 1 or 2, and no dimension shrinks.
    package func padded(rows: Int, columns: Int) -> Tensor {
        let (oldRows, oldColumns) = shape.rank == 1 ? (1, shape[0]) : (shape[0], shape[1])
        precondition(
            shape.rank <= 2 && rows >= oldRows && columns >= oldColumns, "cannot pad \(shape) to \(rows)×\(columns)")
        var result = Tensor(zeros: [rows, columns])
        result.withMutablePointer { target in
            withPointer { source in
                for row in 0..<oldRows {
                    (target + row * columns).update(from: source + row * oldColumns, count: oldColumns)
                }
            }
        }
        return result
    }
}

extension Int {
    /// The next multiple of eight, the channels of a vector.
    package var roundedUpToVector: Int { (self + 7) & ~7 }
}
