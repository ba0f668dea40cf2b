import ArgumentParser
import ConsoleOutput
import EmotionDetection

/// `emotion models`: the weight files.
struct ModelsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "models", abstract: "Says what the weight files are, and whether they are whole and work.",
        subcommands: [ModelsInfoCommand.self, ModelsVerifyCommand.self])
}

/// `emotion models info`: what the weight files say about themselves.
struct ModelsInfoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "info", abstract: "Prints what the weight files say about themselves.")

    @OptionGroup var options: DetectorOptions

    func run() throws {
        var failures = 0
        for path in options.configuration.weightPaths {
            do {
                let model = try ModelDescription(contentsOf: path)
                var table = Table(.left, .left)
                table.append("  file", path)
                for (key, value) in model.metadata.sorted(by: { $0.key < $1.key }) { table.append("  " + key, value) }
                Console.print("\(model.name) \(model.version)")
                table.lines.forEach(Console.print)
            } catch {
                failures += 1
                Console.report("emotion: \(error)")
            }
        }
        try ExitStatus(failures: failures, finds: 1).leave()
    }
}

/// `emotion models verify`: digests of the weight files and a self-test of the networks made from them.
struct ModelsVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Recomputes the digests and compares a stored self-test.",
        discussion: """
            The self-test runs both networks on a drawn face and compares box, landmarks and scores with those that \
            facenet-pytorch and PyTorch gave for the bundled weights.
            """)

    @OptionGroup var options: DetectorOptions

    func run() throws {
        var failures = 0
        var table = Table(.left, .left, .left)
        for path in options.configuration.weightPaths {
            do {
                let model = try ModelDescription(contentsOf: path)
                table.append("ok", "digest \(model.name)", model.sha256)
            } catch {
                failures += 1
                table.append("FAILED", "digest", "\(error)")
            }
        }
        if failures == 0 {
            do {
                switch try EmotionDetector(options.configuration).selfTest() {
                case let test? where test.passed: table.append("ok", "self-test", test.summary)
                case let test?:
                    failures += 1
                    table.append("FAILED", "self-test", test.summary)
                case nil: table.append("skipped", "self-test", "its answers are those of the bundled weights")
                }
            } catch {
                failures += 1
                table.append("FAILED", "self-test", "\(error)")
            }
        }
        table.lines.forEach(Console.print)
        try ExitStatus(failures: failures, finds: 1).leave()
    }
}

extension SelfTestResult {
    /// The differences from the reference, for people.
    fileprivate var summary: String {
        guard faceCount == 1, let offset = FixedDecimal.text(largestOffset, digits: 3),
            let difference = FixedDecimal.text(largestScoreDifference, digits: 6)
        else { return "\(faceCount) faces found in the drawing of one" }
        return "box and landmarks within \(offset) pixels, scores within \(difference) of the reference"
    }
}
