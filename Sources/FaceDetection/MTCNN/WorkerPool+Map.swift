internal import TensorEngine

extension WorkerPool {
    /// The results of `transform` for each index in `0..<count`, in order, computed on the pool's threads.
    func map<Result>(_ count: Int, _ transform: (Int) -> Result) -> [Result] {
        // Without room of its own an array would write its count into the empty array that all threads share.
        guard count > 0 else { return [] }
        return [Result](unsafeUninitializedCapacity: count) { results, initializedCount in
            guard let base = results.baseAddress else { return }
            run(count) { (base + $0).initialize(to: transform($0)) }
            initializedCount = count
        }
    }
}
