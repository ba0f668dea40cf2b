import COpenBLAS

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What the numbers were measured on.
struct Machine: Codable {
    let processor: String
    /// Processors the system runs on.
    let cores: Int
    let instructionSets: [String]
    let openBLAS: String
    let operatingSystem: String

    init() {
        let information = TextFile.lines("/proc/cpuinfo")
        processor = Self.value(of: "model name", in: information) ?? "unknown"
        let flags = Set((Self.value(of: "flags", in: information) ?? "").split(separator: " ").map(String.init))
        instructionSets = ["avx2", "fma", "avx512f", "avx512_vnni", "asimd"].filter(flags.contains)
        cores = sysconf(Int32(_SC_NPROCESSORS_ONLN))
        openBLAS = openblas_get_config().map { String(cString: $0) } ?? "unknown"
        operatingSystem = TextFile.lines("/proc/sys/kernel/ostype").first.map(String.init) ?? "unknown"
    }

    private static func value(of key: String, in lines: [Substring]) -> String? {
        lines.first { $0.hasPrefix(key) }?.split(separator: ":", maxSplits: 1).last.map { line in
            String(line.drop { $0 == " " })
        }
    }
}
