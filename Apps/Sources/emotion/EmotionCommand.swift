import ArgumentParser
import ConsoleOutput
import FileNames
import MediaStreams
import ProcessSignals

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The `emotion` command: faces and expressions of pictures at the terminal.
@main
struct EmotionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "emotion",
        abstract: "Finds the faces in pictures and scores the expression of each.",
        discussion: """
            Data goes to standard output, messages to standard error.
            Exit status: 0 done, 1 failed, 2 wrong usage, 3 no face found, 128 + number ended by a signal.

            A score says what an expression looks like, never what a person feels. Made for practising by adults; \
            inferring emotions at work or in education is prohibited in the EU (AI Act, Art. 5(1)(f)).
            """,
        version: EmotionCommand.release,
        subcommands: [
            AnalyzeCommand.self, DetectCommand.self, MeshCommand.self, VideoCommand.self, PracticeCommand.self,
            ReportCommand.self, VoiceCommand.self, TextCommand.self, FuseCommand.self, ModelsCommand.self,
            EvaluateCommand.self, DoctorCommand.self,
        ])

    /// The version of the command and of the package it is built from.
    static let release = "0.1.0"

    /// Parses and runs the command; any failure becomes a message and the exit status of the documentation.
    static func main() {
        ProcessSetup.prepare()
        StopSignal.listen { signal, lastWords in
            ChildProcess.killAll()
            TemporaryFiles.removeAll()
            if let lastWords { Console.report(lastWords) }
            Console.betweenLines { _exit(ExitStatus.signalled(signal)) }
        }
        do {
            var command = try parseAsRoot(DashedNames.resolved(Array(FileName.arguments.dropFirst())))
            try command.run()
        } catch {
            leave(with: error)
        }
        leave(.done)
    }

    /// Ends the process as `error` asks: help and version are data, everything else is a message.
    private static func leave(with error: any Error) -> Never {
        if let refusal = error as? UsageRefusal {
            Console.report("emotion: \(refusal)")
            leave(.wrongUsage)
        }
        let message = fullMessage(for: error)
        if exitCode(for: error).isSuccess {
            Console.print(message)
            leave(.done)
        }
        // Every message begins alike, those of the parser too.
        let prefix = "Error: "
        let words = message.hasPrefix(prefix) ? "emotion: " + message.dropFirst(prefix.count) : message
        if !words.isEmpty { Console.report(words) }
        leave(ExitStatus(exitCode(for: error)))
    }

    /// Ends the process. Data that did not arrive is a failure, unless its reader has seen enough.
    private static func leave(_ status: ExitStatus) -> Never {
        var status = status
        if let failure = Console.outputFailure, !failure.isClosedPipe {
            Console.report("emotion: \(failure)")
            status = .failed
        }
        // An output that is missing counts more than that the rest was cut short.
        let signal = status == .failed ? nil : StopSignal.received
        exit(withError: ExitCode(signal.map(ExitStatus.signalled) ?? status.rawValue))
    }
}
