/// Collects the measurements of one run and prints each as it comes.
struct BenchmarkRun {
    let stopwatch: Stopwatch
    /// Only names that contain this are measured.
    let filter: String?
    let threads: Int
    /// Billions of operations a second of as many cores as there are threads.
    let peakGigaflops: Double
    private(set) var measurements: [Measurement] = []

    init(stopwatch: Stopwatch, filter: String?, threads: Int, gigaflopsPerCore: Double) {
        self.stopwatch = stopwatch
        self.filter = filter
        self.threads = threads
        peakGigaflops = gigaflopsPerCore * Double(threads)
    }

    func wants(_ name: String) -> Bool { filter.map(name.contains) ?? true }

    /// Times `work` unless the filter leaves it out.
    ///
    /// - Parameters:
    ///   - detail: the shapes of the work.
    ///   - operations: multiplications and additions of one run.
    mutating func time(
        _ name: String, group: String, detail: String = "", occurrences: Int = 1, operations: Double? = nil,
        _ work: () -> Void
    ) {
        guard wants(name) else { return }
        add(
            name, group: group, detail: detail, occurrences: occurrences, operations: operations,
            stopwatch.timings(work))
    }

    /// Takes up timings that were made elsewhere.
    mutating func add(
        _ name: String, group: String, detail: String = "", occurrences: Int = 1, operations: Double? = nil,
        _ timings: [Timing]
    ) {
        guard wants(name) else { return }
        let measurement = Measurement(
            name, group: group, detail: detail, occurrences: occurrences, timings: timings, operations: operations,
            on: (threads, peakGigaflops))
        measurements.append(measurement)
        print(TableRow(measurement).text)
    }
}
