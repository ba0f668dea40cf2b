import Foundation
import TestSupport
import Testing

/// The built `benchmark` counts allocations in a process of its own, whose every library it can reach.
@Suite(.enabled(if: TestBuild.isRelease(for: "AllocationTests") && AllocationCounter.isAvailable))
struct AllocationTests {
    /// The executable that lies beside the test bundle.
    private static let executable: URL? = {
        let bundles = Bundle.allBundles.map(\.bundleURL) + [URL(fileURLWithPath: CommandLine.arguments[0])]
        let folders = bundles.flatMap { [$0.deletingLastPathComponent(), $0] }
        let candidates = folders.map { $0.appendingPathComponent("benchmark") }
        return candidates.first { FileManager.default.isExecutableFile(atPath: $0.path) }
    }()

    @Test func aSteadyForwardPassDoesWithoutTheHeap() throws {
        let executable: URL = try #require(Self.executable)
        let process = Process()
        process.executableURL = executable
        process.arguments = ["allocations", "100"]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        print(output)
        #expect(process.terminationStatus == 0)
        #expect(output.split(separator: "\n").contains("0 allocations in 100 passes"))
    }
}

/// Apart from the suite, whose own attribute cannot refer to its members.
enum AllocationCounter {
    /// False, with a printed reason, where the counter knows neither allocator nor processor.
    static let isAvailable: Bool = {
        #if canImport(Glibc) && (arch(x86_64) || arch(arm64))
            return true
        #else
            print("skipped: allocations are counted with glibc on x86-64 and AArch64 only")
            return false
        #endif
    }()
}
