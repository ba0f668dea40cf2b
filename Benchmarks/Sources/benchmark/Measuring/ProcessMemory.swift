/// How much memory this process has, as the kernel counts it.
struct ProcessMemory: Codable {
    let residentMegabytes: Double
    let peakResidentMegabytes: Double

    init() {
        let lines = TextFile.lines("/proc/self/status")
        residentMegabytes = Self.megabytes("VmRSS:", in: lines)
        peakResidentMegabytes = Self.megabytes("VmHWM:", in: lines)
    }

    private static func megabytes(_ key: String, in lines: [Substring]) -> Double {
        let fields = lines.first { $0.hasPrefix(key) }?.split { $0 == " " || $0 == "\t" } ?? []
        return fields.count > 1 ? (Double(fields[1]) ?? 0) * 1024 / 1e6 : 0
    }
}
