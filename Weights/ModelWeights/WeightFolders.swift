#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The folders that may hold the bundled weight files, in the order in which they are searched.
///
/// The files are no SwiftPM resources: for those SwiftPM generates an accessor that links the whole of Foundation, which
/// costs a program 5 ms of start-up and 8.5 MB of memory that the rest of this package does not need, and that traps
/// when the files are missing instead of letting the caller report it.
struct WeightFolders {
    /// Names a folder to use before all others.
    static let environmentVariable = "SWIFT_EMOTION_WEIGHTS"

    /// A folder that the user asks for.
    var override: String?
    /// The folder of the running program.
    var executableFolder: String?
    /// This package's `Weights` folder at the time of the build: its checkout.
    var packageFolder: String

    /// The folders of this process.
    static let current = WeightFolders(
        override: getenv(environmentVariable).map { String(cString: $0) },
        executableFolder: runningExecutable().map(parent),
        packageFolder: parent(parent(#filePath)))

    /// The user's folder alone where one is given; else beside the program, as installed under a prefix, in the checkout.
    var searched: [String] {
        if let override, !override.isEmpty { return [override] }
        let installed = executableFolder.map { ["\($0)/Weights", "\(Self.parent($0))/share/swift-emotion"] } ?? []
        return installed + [packageFolder]
    }

    /// Whether this process may read a file at `path`.
    static func isReadable(_ path: String) -> Bool { access(path, R_OK) == 0 }

    /// `path` without its last component.
    static func parent(_ path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    }

    /// The path of the running program: from the kernel where it tells, else as it was called.
    private static func runningExecutable() -> String? {
        #if os(Linux)
            let called: String? = "/proc/self/exe"
        #else
            let called = CommandLine.arguments.first
        #endif
        guard let called, let resolved = realpath(called, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
