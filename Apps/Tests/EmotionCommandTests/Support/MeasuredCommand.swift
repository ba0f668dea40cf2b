import Foundation
import Testing

/// The built `emotion` command with what a run of it cost.
struct MeasuredCommand {
    let command: Command
    /// Of all its threads.
    let processorSeconds: Double
    /// The most memory that was resident at a time.
    let peakMegabytes: Double

    /// Waits for a child of its own, so that nothing of the tests is counted.
    private static let script = """
        import os, sys
        child = os.fork()
        if child == 0:
            os.execv(sys.argv[1], sys.argv[1:])
        _, status, usage = os.wait4(child, 0)
        sys.stderr.write(f"\\n{usage.ru_utime + usage.ru_stime} {usage.ru_maxrss / 1024}\\n")
        sys.exit(os.waitstatus_to_exitcode(status))
        """

    /// Nil, with the reason printed, where nothing can be measured.
    init?(_ arguments: String..., environment: [String: String] = [:], input: Data = Data()) throws {
        let command = try Command(
            arguments, environment: environment, launcher: ["python3", "-c", Self.script], input: input)
        let figures =
            command.messages.split(separator: "\n").last.map { $0.split(separator: " ").map { Double($0) } } ?? []
        guard figures.count == 2, let seconds = figures[0], let megabytes = figures[1] else {
            print("skipped: costs are measured by python3 (\(command.messages))")
            return nil
        }
        (self.command, processorSeconds, peakMegabytes) = (command, seconds, megabytes)
    }
}
