import ArgumentParser
import ConsoleOutput

/// Options that would do nothing are told as the mistakes they are.
extension VideoCommand {
    /// Refuses what belongs to raw frames with a file, what belongs to files with raw frames, and a title for nothing.
    func refuseUselessOptions() throws {
        if file == "-" {
            guard options.givenMaxSide == nil else {
                throw ValidationError("--max-side is for files and cameras; raw frames are taken as they are.")
            }
            guard !withoutVoice else { throw ValidationError("--no-voice is for files; raw frames have no sound.") }
        } else if let option = rawOptions.first {
            throw ValidationError("\(option) is for raw frames on standard input; what is read here says it itself.")
        }
        let useless = [("--title", options.title != nil), ("--goal", practice.goal != nil)].first(where: \.1)
        if let (option, _) = useless, options.json == nil, options.report == nil {
            throw ValidationError("\(option) stands in the session and its report; ask for --json or --report.")
        }
        try practice.refuseUselessHistory(report: options.report)
    }

    /// Refuses questions that begin after the video has ended, and a stretch that ends later, where its length is known.
    func refuseTimes(beyond durationSeconds: Double?) throws {
        guard let durationSeconds else { return }
        func words(_ seconds: Double) -> String { (FixedDecimal.text(seconds, digits: 1) ?? "?") + " s" }
        // A second more than the container says: its figure may be that of the sound, or rounded.
        if let restingFrom, restingFrom.end > durationSeconds + 1 {
            throw ValidationError(
                "--resting-from ends at \(words(restingFrom.end)), after the end of the video at "
                    + "\(words(durationSeconds)).")
        }
        guard let late = questions.first(where: { $0.seconds >= durationSeconds }) else { return }
        throw ValidationError(
            "--question \(late.label) begins at \(words(late.seconds)), after the end of the video at "
                + "\(words(durationSeconds)).")
    }

    private var rawOptions: [String] {
        (width != nil ? ["--width"] : []) + (height != nil ? ["--height"] : []) + (givenRate != nil ? ["--fps"] : [])
    }
}

extension PracticeOptions {
    /// Refuses earlier sessions without a report that compares with them.
    func refuseUselessHistory(report: String?) throws {
        if history != nil && report == nil {
            throw ValidationError("--history is compared with in the report; name its file with --report.")
        }
    }
}
