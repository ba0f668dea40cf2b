import ConsoleOutput
import EmotionDetection
import Evaluation
import FileNames

extension EvaluationReport {
    /// Every figure as one object; `null` where a class has no pictures or no answers.
    var json: JSONValue {
        .object([
            .init("folder", .string(FileName.shown(folder))),
            .init("model", modelMembers),
            .init("pictures", .integer(figures.count)),
            .init("failures", .integer(failures)),
            .init("left_out", .array(omissions.map(omission))),
            .init("right", .integer(figures.right)),
            .init("accuracy", number(figures.accuracy)),
            .init("accuracy_interval", .array([number(figures.interval.lower), number(figures.interval.upper)])),
            .init("mean_recall", number(figures.confusion.meanRecall)),
            .init("macro_f1", number(figures.confusion.macroF1)),
            .init("ece", number(figures.reliability.expectedCalibrationError)),
            .init("nll", number(figures.negativeLogLikelihood)),
            .init("brier", number(figures.brierScore)),
            .init("ferplus", voted.map(agreement) ?? .null),
            .init("per_class", .object(Emotion.allCases.map { .init($0.rawValue, perClass($0)) })),
            .init("labels", .array(Emotion.allCases.map { .string($0.rawValue) })),
            .init("confusion", .array(figures.confusion.counts.map { .array($0.map(JSONValue.integer)) })),
            .init("reliability", .array(figures.reliability.bins.map(bin))),
            .init("seconds", .decimal(seconds, digits: 3)),
            .init("pictures_per_second", .decimal(Double(figures.count) / max(seconds, 1e-9), digits: 2)),
        ])
    }

    private var modelMembers: JSONValue {
        .object([
            .init("name", .string(model.name)), .init("version", .string(model.version)),
            .init("sha256", .string(model.sha256)),
            .init("temperatures", temperatures),
        ])
    }

    /// By the answer that each is for.
    private var temperatures: JSONValue {
        .object(
            zip(model.labels, model.calibration.temperatures).map { label, temperature in
                .init(label.rawValue, .decimal(Double(temperature), digits: 4))
            })
    }

    private func omission(_ omission: FaceFolder.Omission) -> JSONValue {
        .object([
            .init("path", .string(FileName.shown(omission.path))), .init("reason", .string(omission.reason.rawValue)),
            .init("files", .integer(omission.fileCount)),
        ])
    }

    private func number(_ value: Double?) -> JSONValue { value.map { .decimal($0, digits: 6) } ?? .null }

    private func agreement(_ voted: VoteTable.Agreement) -> JSONValue {
        .object([
            .init("pictures", .integer(voted.count)), .init("agreed", .integer(voted.agreed)),
            .init("accuracy", number(voted.count > 0 ? Double(voted.agreed) / Double(voted.count) : nil)),
        ])
    }

    private func perClass(_ emotion: Emotion) -> JSONValue {
        let matrix = figures.confusion
        return .object([
            .init("pictures", .integer(matrix.labelled(emotion))),
            .init("recall", number(matrix.recall(emotion))),
            .init("precision", number(matrix.precision(emotion))),
            .init("f1", number(matrix.f1(emotion))),
        ])
    }

    private func bin(_ bin: Reliability.Bin) -> JSONValue {
        .object([
            .init("from", number(bin.range.lowerBound)), .init("to", number(bin.range.upperBound)),
            .init("pictures", .integer(bin.count)), .init("confidence", number(bin.confidence)),
            .init("accuracy", number(bin.accuracy)),
        ])
    }
}
