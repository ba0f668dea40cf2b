import ArgumentParser
import InterviewAnalysis

/// What a person who practises chooses for a session: a goal, and the face at rest.
struct PracticeOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "One goal for this session, checked in its report: \(SessionGoal.Measure.names); with or without a number, as "
                + "smiles=12.", valueName: "measure"))
    var goal: GoalOption?

    @Option(
        name: .customLong("resting"),
        help: ArgumentHelp(
            "The resting face from an earlier --save-resting; it is taken off the score.", valueName: "file"))
    var resting: String?

    @Option(
        name: .customLong("save-resting"),
        help: ArgumentHelp("Keep the resting face that was captured, for --resting.", valueName: "file"))
    var savedResting: String?

    @Option(
        help: ArgumentHelp("A folder of earlier sessions (.json) for the report to compare with.", valueName: "folder"))
    var history: String?

    /// The files that are read.
    var inputs: [String] { resting.map { [$0] } ?? [] }

    /// The folder of `--history`, looked into before anything else is done.
    ///
    /// - Parameter json: the session's own file, which may lie in the folder.
    func sessionFolder(except json: String?) throws(FileFailure) -> SessionFolder? {
        guard let history else { return nil }
        return try SessionFolder(history, except: json)
    }

    /// The profile of `--resting`, read before anything else is done.
    func restingFace() throws -> RestingFaceProfile? {
        try resting.map { try InputFile($0).read { try RestingFaceProfile(json: $0) } }
    }
}

/// `MEASURE` or `MEASURE=NUMBER`.
struct GoalOption: ExpressibleByArgument {
    let goal: SessionGoal

    init?(argument: String) {
        guard let goal = SessionGoal(argument) else { return nil }
        self.goal = goal
    }
}

extension SessionGoal.Measure {
    /// Their names as the option takes them.
    static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}

/// `FROM-TO`: a stretch of a video, each end in seconds or as minutes and seconds.
struct StretchOption: ExpressibleByArgument, Equatable {
    let start: Double
    let end: Double

    init?(argument: String) {
        let parts = argument.split(separator: "-", omittingEmptySubsequences: false).map { QuestionOption.seconds($0) }
        guard parts.count == 2, let start = parts[0], let end = parts[1], start < end else { return nil }
        self.start = start
        self.end = end
    }
}

/// Why the face at rest was not taken off; the session is kept without it.
struct RestingFaceRefusal: Error, CustomStringConvertible {
    let reason: RestingFaceError

    var description: String { "the resting face was not taken off: \(reason)" }
}
