import ConsoleOutput
import FileNames

/// What a command prints of one picture.
struct PictureAnswer: Sendable {
    let lines: [String]
    let faceDetected: Bool
    /// What is to be written beside them.
    var overlay: [UInt8]?
    /// What is odd about the file.
    var warnings: [String] = []
}

/// One pass over many pictures: several at a time, answers in the pictures' order.
struct PictureRun {
    let items: [PictureItem]
    /// Pictures that are worked on at the same time.
    let jobs: Int
    let asJSON: Bool
    /// Where the one picture's overlay goes.
    var overlay: OutputFile?

    /// With fewer pictures no progress is shown: it would be gone before it is read.
    private static let fewestForProgress = 5

    /// Prints the answer to each picture, or why there is none, and ends the command with the status of it all.
    ///
    /// What makes every picture fail is reported once and ends the run.
    func run(_ answer: @escaping @Sendable (PictureInput) throws(PictureFailure) -> PictureAnswer) throws {
        var (failures, finds, done) = (0, 0, 0)
        var bar = ProgressBar()
        defer { bar.finish() }
        let showsProgress = items.count >= Self.fewestForProgress
        try OrderedWork(jobs: jobs).run(items) { item -> Result<PictureAnswer, PictureFailure> in
            switch item {
            case .failure(_, let failure): .failure(failure)
            case .picture(let input): Result { () throws(PictureFailure) in try answer(input) }
            }
        } deliver: { item, result in
            bar.finish()
            // Nobody takes the data any more: the end has the status of what was done until then.
            guard Console.outputFailure == nil else { throw ExitStatus(failures: failures, finds: finds).code }
            switch written(result) {
            case .success(let answer):
                if answer.faceDetected { finds += 1 }
                for warning in answer.warnings {
                    Console.report("emotion: \(FileName.shown(item.name)): warning: \(warning)")
                }
                answer.lines.forEach(Console.print)
            case .failure(let failure):
                failures += 1
                failure.report(for: failure.concernsAll ? nil : item.name, asJSON: asJSON)
                if failure.concernsAll { throw ExitStatus.failed.code }
            }
            done += 1
            guard showsProgress, done < items.count else { return }
            let rate = FixedDecimal.text(Double(done) / max(bar.elapsedSeconds, 0.001), digits: 1) ?? "?"
            bar.update(
                Double(done) / Double(items.count),
                "\(done) of \(items.count)  \(rate) a second  \(FileName.shown(item.name))")
        }
        try ExitStatus(failures: failures, finds: finds).leave()
    }

    /// The same with the overlay written, or why it was not.
    private func written(_ result: Result<PictureAnswer, PictureFailure>) -> Result<PictureAnswer, PictureFailure> {
        guard let overlay, case .success(let answer) = result, let bytes = answer.overlay else { return result }
        do throws(OutputError) { try overlay.write(bytes) } catch { return .failure(PictureFailure(error)) }
        return result
    }
}

extension PictureItem {
    /// As it is reported on.
    var name: String {
        switch self {
        case .picture(let input): input.name
        case .failure(let name, _): name
        }
    }
}
