extension WorkerPool {
    /// The results of `transform` for each index in `0..<count`, in order, computed on the pool's threads.
    package func map<Result>(_ count: Int, _ transform: (Int) -> Result) -> [Result] {
        // Without room of its own an array would write its count into the empty array that all threads share.
        guard count > 0 else { return [] }
        return [Result](unsafeUninitializedCapacity: count) { results, initializedCount in
            guard let base = results.baseAddress else { return }
            run(count) { (base + $0).initialize(to: transform($0)) }
            initializedCount = count
        }
    }
}

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
