#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Makes the manual page of a command from what its argument parser says of itself:
///
///     emotion --experimental-dump-help | manual > emotion.1
///
/// One page describes the command and all its subcommands, so that nothing has to be kept in step by hand.
@main
struct Manual {
    static func main() {
        var input: [UInt8] = []
        while let line = readLine(strippingNewline: false) { input += Array(line.utf8) }
        do {
            let tool = try JSONDecoder().decode(ToolDescription.self, from: Data(input))
            print(ManualPage(command: tool.command).text)
        } catch {
            let message = "manual: standard input is not what --experimental-dump-help prints\n"
            _ = message.withCString { write(STDERR_FILENO, $0, strlen($0)) }
            exit(1)
        }
    }
}
