import ArgumentParser
import ConsoleOutput
import EmotionDetection
import FaceMesh
import SentenceEmbedding
import VoiceEmotion

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

    @Flag(help: "Print one JSON object a file, a line each.")
    var json = false

    @OptionGroup var options: WeightOptions

    func run() throws {
        var failures = 0
        for path in options.paths + options.textModel {
            do {
                let model = try ModelDescription(contentsOf: path)
                if json { Console.print(model.json(file: path).text) } else { print(model, path) }
            } catch {
                failures += 1
                Console.report("emotion: \(error)")
                guard json else { continue }
                let members: [JSONValue.Member] = [
                    .init("file", .string(path)), .init("error", .string("\(error)")),
                ]
                Console.print(JSONValue.object(members).text)
            }
        }
        if options.textModel.isEmpty, !json { Console.print(TextModelOptions.absence) }
        try ExitStatus(failures: failures, finds: 1).leave()
    }

    private func print(_ model: ModelDescription, _ path: String) {
        var table = Table(.left, .left)
        table.append("  file", path)
        for (key, value) in model.metadata.sorted(by: { $0.key < $1.key }) { table.append("  " + key, value) }
        Console.print("\(model.name) \(model.version)")
        table.lines.forEach(Console.print)
    }
}

extension ModelDescription {
    /// Everything that the file says about itself; the values of `metadata` are texts, as in the file.
    fileprivate func json(file: String) -> JSONValue {
        let facts = metadata.sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, .string($0.value)) }
        return .object([
            .init("file", .string(file)), .init("name", .string(name)), .init("version", .string(version)),
            .init("sha256", .string(sha256)), .init("metadata", .object(facts)),
        ])
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

    @Flag(help: "Print one JSON object.")
    var json = false

    @OptionGroup var options: WeightOptions

    func run() throws {
        var checks: [ModelCheck] = options.paths.map { path in
            do {
                let model = try ModelDescription(contentsOf: path)
                return ModelCheck(
                    name: "digest", subject: model.name, outcome: .passed(model.sha256),
                    members: [
                        .init("file", .string(path)), .init("name", .string(model.name)),
                        .init("sha256", .string(model.sha256)),
                    ])
            } catch {
                return ModelCheck(
                    name: "digest", outcome: .failed("\(error)"), members: [.init("file", .string(path))])
            }
        }
        if checks.allSatisfy(\.outcome.isGood) { checks.append(selfTest()) }
        if json {
            Console.print(
                JSONValue.object([
                    .init("passed", .boolean(checks.allSatisfy(\.outcome.isGood))),
                    .init("checks", .array(checks.map(\.json))),
                ]).text)
        } else {
            var table = Table(.left, .left, .left)
            for check in checks { table.append(check.outcome.word, check.title, check.outcome.text) }
            table.lines.forEach(Console.print)
        }
        try ExitStatus(failures: checks.count { !$0.outcome.isGood }, finds: 1).leave()
    }

    private func selfTest() -> ModelCheck {
        do {
            guard let test = try EmotionDetector(options.configuration).selfTest() else {
                return ModelCheck(
                    name: "self-test", outcome: .skipped("its answers are those of the bundled weights"), members: [])
            }
            let members: [JSONValue.Member] = [
                .init("faces", .integer(test.faceCount)),
                .init("largest_offset_pixels", .decimal(Double(test.largestOffset), digits: 6)),
                .init("largest_score_difference", .decimal(Double(test.largestScoreDifference), digits: 9)),
            ]
            return ModelCheck(
                name: "self-test", outcome: test.passed ? .passed(test.summary) : .failed(test.summary),
                members: members)
        } catch {
            return ModelCheck(name: "self-test", outcome: .failed("\(error)"), members: [])
        }
    }
}

/// One thing that `emotion models verify` looked at.
private struct ModelCheck {
    enum Outcome {
        case passed(String)
        case skipped(String)
        case failed(String)

        /// As it stands before each line.
        var word: String {
            switch self {
            case .passed: "ok"
            case .skipped: "skipped"
            case .failed: "FAILED"
            }
        }

        var text: String {
            switch self {
            case .passed(let text), .skipped(let text), .failed(let text): text
            }
        }

        var isGood: Bool { word != "FAILED" }
    }

    let name: String
    var subject: String?
    let outcome: Outcome
    /// What programs want to know of it.
    let members: [JSONValue.Member]

    var title: String { subject.map { "\(name) \($0)" } ?? name }

    var json: JSONValue {
        .object(
            [
                .init("check", .string(name)), .init("result", .string(outcome.word.lowercased())),
                .init("message", .string(outcome.text)),
            ] + members)
    }
}

/// The weight files that `emotion models` looks at.
struct WeightOptions: ParsableArguments {
    @OptionGroup var emotion: EmotionWeightsOption

    @OptionGroup var faces: FaceWeightOptions

    var configuration: EmotionDetector.Configuration {
        var configuration = faces.configuration
        configuration.emotionWeights = emotion.path
        return configuration
    }

    /// Of the detector, and behind them those of the face mesh and of the voice.
    var paths: [String] {
        let search = configuration.weightSearch
        return configuration.weightPaths + FaceMesher.weightPaths(in: search)
            + [VoiceEmotionScorer.weightPath(in: search)]
    }

    /// Of the model of meaning, which does not come with the package; none where it is not there.
    var textModel: [String] { SentenceEmbedder.path(in: configuration.weightSearch).map { [$0] } ?? [] }
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
