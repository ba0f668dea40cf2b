import ConsoleOutput

/// Outputs that could not be written although the work was done: each is named, and the others are written all the same.
struct OutputFailures {
    private(set) var count = 0

    /// Does what writes an output; an error becomes a message and counts.
    mutating func attempt(_ body: () throws -> Void) {
        do { try body() } catch { note(error) }
    }

    /// Tells of an output that is missing.
    mutating func note(_ error: any Error) {
        Console.report("emotion: \(error)")
        count += 1
    }
}
