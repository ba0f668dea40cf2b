extension Array {
    /// The elements with `start` ≤ time < `end` of an array that is sorted by time.
    ///
    /// - Complexity: O(log n).
    func between(_ start: Double, _ end: Double, time: (Element) -> Double) -> ArraySlice<Element> {
        let lower = firstIndex(notBefore: start, time)
        return self[lower..<Swift.max(lower, firstIndex(notBefore: end, time))]
    }

    private func firstIndex(notBefore seconds: Double, _ time: (Element) -> Double) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if time(self[middle]) < seconds { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
