import ArgumentParser
import ConsoleOutput
import EmotionDetection
import ImageCodecs

/// `emotion doctor`: what the command runs on.
struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Says which processor, kernels, threads, libraries and weights are in use.")

    func run() throws {
        let report = SystemReport.current
        let processor = report.processor
        var table = Table(.left, .left)
        table.append("emotion", EmotionCommand.release)
        table.append("processor", "\(processor.model), \(processor.architecture), \(processor.available) available")
        table.append("extensions", processor.extensions.joined(separator: " "))
        table.append("threads", "\(report.threads)")
        table.append("kernels", report.kernelPath)
        table.append("OpenBLAS", report.matrixLibrary.configuration)
        table.append(
            "OpenBLAS core", "\(report.matrixLibrary.kernelFamily), \(report.matrixLibrary.threads) thread")
        table.append("libpng", CodecLibraries.pngVersion)
        table.append("libcrypto", report.digestLibrary)
        var failures = 0
        for path in report.weightPaths {
            do {
                let model = try ModelDescription(contentsOf: path)
                table.append("weights", "\(model.name) \(model.version): \(path)")
            } catch {
                failures += 1
                table.append("weights", "FAILED: \(error)")
            }
        }
        table.lines.forEach(Console.print)
        try ExitStatus(failures: failures, finds: 1).leave()
    }
}
