extension WorkerPool {
    /// The results of two pieces of work, done at the same time where a thread is free.
    ///
    /// What either shares out over the same pool is then done by its own thread alone.
    package func both<First, Second>(_ first: () -> First, _ second: () -> Second) -> (First, Second) {
        var results: (first: First?, second: Second?)
        withUnsafeMutablePointer(to: &results.first) { firstResult in
            withUnsafeMutablePointer(to: &results.second) { secondResult in
                run(2) { piece in
                    if piece == 0 { firstResult.pointee = first() } else { secondResult.pointee = second() }
                }
            }
        }
        guard let first = results.first, let second = results.second else {
            preconditionFailure("a piece of work was left undone")
        }
        return (first, second)
    }
}
