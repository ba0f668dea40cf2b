#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Everything one run found, as `Benchmarks/Results` keeps it.
struct Report: Codable {
    /// Raised when the meaning of a field changes.
    var schema = 2
    let commit: String
    /// Seconds since 1970 in UTC.
    let time: Double
    let machine: Machine
    let threads: Int
    let kernels: String
    let peak: PeakMeasurement
    let memory: ProcessMemory
    let measurements: [Measurement]

    /// The report as text, keys sorted, so that two runs can be compared line by line.
    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
    }
}
