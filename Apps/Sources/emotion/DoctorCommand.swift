import ArgumentParser
import ConsoleOutput

/// `emotion doctor`: what the command runs on.
struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Says which processor, kernels, threads, libraries, programs and weights are in use.")

    @Flag(help: "Print one JSON object.")
    var json = false

    func run() throws {
        let report = DoctorReport()
        if json { Console.print(report.json.text) } else { report.lines.forEach(Console.print) }
        let files = report.weights + (report.textModel.map { [$0] } ?? [])
        try ExitStatus(failures: files.count { $0.failure != nil }, finds: 1).leave()
    }
}
