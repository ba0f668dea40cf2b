import ArgumentParser

/// How a command ended, as the calling shell sees it.
enum ExitStatus: Int32 {
    case done = 0
    case failed = 1
    case wrongUsage = 2
    case nothingFound = 3

    /// The status for one of the argument parser's, which uses sysexits' 64 for wrong usage.
    init(_ code: ExitCode) {
        self = code == .validationFailure ? .wrongUsage : ExitStatus(rawValue: code.rawValue) ?? .failed
    }

    /// The status of a run over several inputs: a failure counts most, then a find.
    init(failures: Int, finds: Int) {
        self = failures > 0 ? .failed : finds > 0 ? .done : .nothingFound
    }

    /// The status of a command that a signal ended, as shells count it.
    static func signalled(_ signal: Int32) -> Int32 { 128 + signal }

    /// To be thrown: ends the command without a further message.
    var code: ExitCode { ExitCode(rawValue) }

    /// Ends the command with this status; does nothing when it is ``done``.
    func leave() throws {
        if self != .done { throw code }
    }
}
