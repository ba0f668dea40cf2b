#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The processor this process runs on, as the operating system names it.
public struct ProcessorDescription: Hashable, Sendable {
    /// The maker's name for it, such as `AMD EPYC`; `unknown` where the system does not tell.
    public let model: String
    /// The instruction set of this build: `x86_64` or `arm64`.
    public let architecture: String
    /// Which of the extensions that matter to the kernels it has, by the kernel's short names, such as `avx2`.
    public let extensions: [String]
    /// How many processors this process may use.
    public let available: Int

    /// The extensions that matter, in rising order of width.
    private static let relevant = ["neon", "asimd", "sse4_2", "avx", "fma", "f16c", "avx2", "avx512f", "avx512bw"]

    /// What `text`, in the format of Linux's `/proc/cpuinfo`, says about the first processor.
    package init(parsing text: String, architecture: String, available: Int) {
        var fields: [Substring: Substring] = [:]
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.isEmpty && !fields.isEmpty { break }
            guard let colon = line.firstIndex(of: ":") else { continue }
            let key = line[..<colon].split(whereSeparator: \.isWhitespace).joined(separator: " ")
            fields[Substring(key)] = line[line.index(after: colon)...].drop(while: \.isWhitespace)
        }
        let flags = Set((fields["flags"] ?? fields["Features"] ?? "").split(separator: " ").map(String.init))
        model = fields["model name"].map(String.init) ?? "unknown"
        extensions = ProcessorDescription.relevant.filter(flags.contains)
        self.architecture = architecture
        self.available = available
    }

    /// The processor at hand.
    public static var current: ProcessorDescription {
        #if arch(x86_64)
            let architecture = "x86_64"
        #elseif arch(arm64)
            let architecture = "arm64"
        #else
            let architecture = "unknown"
        #endif
        return ProcessorDescription(
            parsing: beginning(of: "/proc/cpuinfo", byteCount: 8192), architecture: architecture,
            available: WorkerPool.shared.threads)
    }

    /// The first bytes of a file that the kernel makes up as it is read; empty where there is none.
    private static func beginning(of path: String, byteCount: Int) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return "" }
        defer { close(descriptor) }
        let bytes = [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, count in
            count = max(read(descriptor, buffer.baseAddress, buffer.count), 0)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
