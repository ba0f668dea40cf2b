import ArgumentParser

/// The option that says how many pictures are worked on at the same time.
struct JobsOption: ParsableArguments {
    @Option(
        name: [.short, .long],
        help: ArgumentHelp(
            "Pictures that are worked on at the same time; the output keeps their order.", valueName: "N"))
    var jobs = 1

    func validate() throws {
        if !(1...256).contains(jobs) { throw ValidationError("--jobs must be 1 to 256, not \(jobs).") }
    }
}
