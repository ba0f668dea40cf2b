import ConsoleOutput
import EmotionDetection
import Evaluation

/// What `emotion evaluate` prints.
struct EvaluationReport {
    let folder: String
    let model: ModelSpecification
    let figures: EvaluationFigures
    let voted: VoteTable.Agreement?
    let seconds: Double
    /// Pictures that could not be read.
    let failures: Int
    /// What lay in the folder and was not counted.
    let omissions: [FaceFolder.Omission]

    private var picturesPerSecond: Double { Double(figures.count) / max(seconds, 1e-9) }

    // MARK: For people

    /// The figures as text.
    var lines: [String] {
        heading + [""] + perClass + ["", "confusion: rows are labels, columns answers"] + matrix + [""] + reliability
    }

    private var heading: [String] {
        let interval = figures.interval
        var table = Table(.left, .left)
        table.append("model", "\(model.name) \(model.version)")
        table.append("pictures", "\(figures.count)" + (failures > 0 ? ", \(failures) more could not be read" : ""))
        table.append(
            "accuracy",
            "\(percent(figures.accuracy)) (\(figures.right) right; 95 % interval \(percent(interval.lower)) to "
                + "\(percent(interval.upper)))")
        table.append("mean recall", percent(figures.confusion.meanRecall))
        table.append("macro F1", percent(figures.confusion.macroF1))
        table.append("calibration error", percent(figures.reliability.expectedCalibrationError))
        table.append("log likelihood", "−" + decimal(figures.negativeLogLikelihood, 4))
        table.append("Brier score", decimal(figures.brierScore, 4))
        if let voted, voted.count > 0 {
            table.append(
                "FER+ majority",
                "\(percent(Double(voted.agreed) / Double(voted.count))) (\(voted.agreed) of \(voted.count))")
        }
        table.append("speed", "\(decimal(picturesPerSecond, 1)) pictures a second")
        return table.lines
    }

    private var perClass: [String] {
        var table = Table(.left, .right, .right, .right, .right)
        table.append("", "pictures", "recall", "precision", "F1")
        for emotion in Emotion.allCases {
            let matrix = figures.confusion
            table.append(
                emotion.rawValue, "\(matrix.labelled(emotion))", percent(matrix.recall(emotion)),
                percent(matrix.precision(emotion)), percent(matrix.f1(emotion)))
        }
        return table.lines
    }

    private var matrix: [String] {
        var table = Table(.left, .right, .right, .right, .right, .right, .right, .right)
        let names = Emotion.allCases.map(\.rawValue)
        table.append("", names[0], names[1], names[2], names[3], names[4], names[5], names[6])
        for (name, row) in zip(names, figures.confusion.counts) {
            let cells = row.map(String.init)
            table.append(name, cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], cells[6])
        }
        return table.lines
    }

    private var reliability: [String] {
        var table = Table(.left, .right, .right, .right, .left)
        table.append("confidence", "answers", "mean", "right", "")
        for bin in figures.reliability.bins where bin.count > 0 {
            table.append(
                "\(percent(bin.range.lowerBound)) to \(percent(bin.range.upperBound))", "\(bin.count)",
                percent(bin.confidence), percent(bin.accuracy), Bar.text(bin.accuracy, width: 20))
        }
        return table.lines
    }

    private func percent(_ part: Double?) -> String { part.map { decimal($0 * 100, 2) + " %" } ?? "–" }

    private func decimal(_ value: Double, _ digits: Int) -> String { FixedDecimal.text(value, digits: digits) ?? "?" }
}
