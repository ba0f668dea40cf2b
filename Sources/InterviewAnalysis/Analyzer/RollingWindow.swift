/// The last values of a series: a new one pushes the oldest out once the window is full.
struct RollingWindow<Element: Sendable>: Sendable {
    let capacity: Int
    private(set) var elements: [Element] = []

    /// - Precondition: `capacity > 0`.
    init(capacity: Int) {
        precondition(capacity > 0, "a window of \(capacity) values")
        self.capacity = capacity
    }

    /// - Complexity: O(capacity), 15 by default.
    mutating func append(_ element: Element) {
        if elements.count == capacity { elements.removeFirst() }
        elements.append(element)
    }
}
