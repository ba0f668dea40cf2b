import ArgumentParser
import ConsoleOutput
import EmotionDetection
import Evaluation

/// `emotion evaluate`: how often the classifier agrees with people.
struct EvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate", abstract: "Measures the classifier on faces whose expression is known.",
        discussion: """
            DIR holds one folder an emotion (angry, disgust, fear, happy, sad, surprise, neutral, or another usual name \
            such as anger, Happiness or SAD) with pictures of cropped faces. No face is looked for: each \
            picture is classified whole. What is left out is named.
            """)

    @Argument(help: ArgumentHelp("The folder of folders.", valueName: "dir"))
    var folder: String

    @Flag(help: "Print one JSON object with every figure.")
    var json = false

    @Option(help: ArgumentHelp("Write each picture's label, answer and scores as CSV.", valueName: "out.csv"))
    var predictions: String?

    @Option(
        name: .customLong("labels"),
        help: ArgumentHelp(
            "CSV of FER+ votes by picture: also compare the answers with what most voters saw.", valueName: "votes.csv")
    )
    var votes: String?

    @OptionGroup var emotionWeights: EmotionWeightsOption

    @OptionGroup var weightsFolder: WeightsFolderOption

    @OptionGroup var limits: PictureLimitOptions

    /// Pictures that go through the network together: enough to keep all threads busy, few enough for small memory.
    private static let batchSize = 16

    func run() throws {
        let faces = try FaceFolder(folder)
        for omission in faces.omissions { Console.report("emotion: \(omission.sentence)") }
        let entries = faces.entries
        guard !entries.isEmpty else {
            Console.report(
                "emotion: \(folder): no folder in it that is named like an emotion (angry, disgust, fear, happy, sad, "
                    + "surprise, neutral) holds a picture")
            throw ExitCode(ExitStatus.failed.rawValue)
        }
        var configuration = EmotionDetector.Configuration(
            weightsFolder: weightsFolder.path, emotionWeights: emotionWeights.path)
        configuration.loading = .onFirstUse
        var plan = try OutputPlan(
            reading: entries.map(\.path) + [votes].compactMap(\.self) + configuration.weightPaths)
        let predictions = try plan.open(predictions, for: "--predictions")
        let table = try votes.map(VoteTable.init(contentsOf:))
        let detector = try EmotionDetector(configuration)
        let model: ModelSpecification
        do { model = try detector.emotionModel } catch {
            Console.report("emotion: \(error)")
            throw ExitCode(ExitStatus.failed.rawValue)
        }
        let start = ContinuousClock.now
        let (pictures, failures) = try scored(entries, with: detector)
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        guard !pictures.isEmpty else { throw ExitCode(ExitStatus.failed.rawValue) }

        let report = EvaluationReport(
            folder: folder, model: model, figures: EvaluationFigures(pictures),
            voted: table.map { $0.agreement(with: pictures) }, seconds: seconds, failures: failures,
            omissions: faces.omissions)
        var outputs = OutputFailures()
        if let predictions { outputs.attempt { try predictions.write(pictures.csv) } }
        if predictions?.isStandardOutput != true {
            if json { Console.print(report.json.text) } else { report.lines.forEach(Console.print) }
        }
        try ExitStatus(failures: failures + outputs.count, finds: pictures.count).leave()
    }

    /// Classifies all pictures, a batch at a time; those that cannot be read are reported and counted.
    private func scored(
        _ entries: [FaceFolder.Entry], with detector: EmotionDetector
    ) throws -> (pictures: [LabelledScores], failures: Int) {
        var (pictures, failures): ([LabelledScores], Int) = ([], 0)
        for start in stride(from: 0, to: entries.count, by: Self.batchSize) {
            var (read, faces): ([FaceFolder.Entry], [Image]) = ([], [])
            for entry in entries[start..<min(start + Self.batchSize, entries.count)] {
                do throws(PictureFailure) {
                    faces.append(try PictureReader(limits: limits.limits).read(.file(entry.path)).image)
                    read.append(entry)
                } catch {
                    failures += 1
                    error.report(for: entry.path, asJSON: false)
                }
            }
            for (entry, scores) in zip(read, try detector.classify(faces: faces)) {
                pictures.append(LabelledScores(file: entry.path, label: entry.label, scores: scores))
            }
        }
        return (pictures, failures)
    }
}
