import CFuzzer

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Hands the target named by the first argument to libFuzzer, and the other arguments with it.
@main
enum Fuzz {
    /// Set once, before libFuzzer starts; its callback is a C function and so cannot capture it.
    nonisolated(unsafe) static var target = FuzzTarget.jpeg

    static func main() {
        let names = FuzzTarget.allCases.map(\.rawValue).joined(separator: " | ")
        guard CommandLine.arguments.count > 1, let chosen = FuzzTarget(rawValue: CommandLine.arguments[1]) else {
            print("usage: fuzz \(names) [libFuzzer options] CORPUS…")
            exit(2)
        }
        target = chosen
        // In libFuzzer's jobs this program starts itself again, which then needs the target's name once more.
        let arguments = [CommandLine.arguments[0]] + CommandLine.arguments.dropFirst(2)
        var pointers: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        var count = CInt(arguments.count)
        let status = pointers.withUnsafeMutableBufferPointer { buffer in
            var base = buffer.baseAddress
            return LLVMFuzzerRunDriver(&count, &base) { data, size in
                Fuzz.target.run(Array(UnsafeBufferPointer(start: data, count: size)))
                return 0
            }
        }
        exit(status)
    }
}
