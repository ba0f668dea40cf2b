/// One line of the results: what was timed and what came out.
struct Measurement: Codable {
    /// Unique in a run, of lower-case words joined by `-` and `/`.
    let name: String
    /// What belongs together in a table.
    let group: String
    /// The shapes of the work.
    let detail: String
    /// How often the network does exactly this in one forward pass.
    let occurrences: Int
    let iterations: Int
    let medianMilliseconds: Double
    let minimumMilliseconds: Double
    let lowerQuartileMilliseconds: Double
    /// A tenth of the runs are below and above these.
    let firstDecileMilliseconds: Double
    let lastDecileMilliseconds: Double
    /// Processor time of all threads; on one thread what the clock would say on a machine with nothing else to do. Absent
    /// where only the clock was read.
    let processorMilliseconds: Double?
    /// Multiplications and additions of convolutions and matrix products; absent where there are none worth the name.
    let floatingPointOperations: Double?
    /// Billions of operations a second: of processor time on one thread where there is any, else of the median on the
    /// clock.
    let gigaflops: Double?
    /// Part of the peak of as many cores as there were threads, 0…1.
    let peakShare: Double?

    init(
        _ name: String, group: String, detail: String, occurrences: Int = 1, timings: [Timing],
        operations: Double? = nil, on machine: (threads: Int, peakGigaflops: Double)
    ) {
        let quantiles = Quantiles(timings.map(\.wall))
        self.name = name
        self.group = group
        self.detail = detail
        self.occurrences = occurrences
        iterations = timings.count
        medianMilliseconds = quantiles.median * 1e3
        minimumMilliseconds = quantiles.minimum * 1e3
        lowerQuartileMilliseconds = quantiles[0.25] * 1e3
        firstDecileMilliseconds = quantiles[0.1] * 1e3
        lastDecileMilliseconds = quantiles[0.9] * 1e3
        let processorTimes = timings.compactMap(\.processor)
        let processor = processorTimes.isEmpty ? nil : Quantiles(processorTimes).median
        processorMilliseconds = processor.map { $0 * 1e3 }
        floatingPointOperations = operations
        let seconds = machine.threads == 1 ? processor ?? quantiles.median : quantiles.median
        let rate = operations.flatMap { $0 > 0 && seconds > 0 ? $0 / seconds / 1e9 : nil }
        gigaflops = rate
        peakShare = rate.map { $0 / machine.peakGigaflops }
    }
}
