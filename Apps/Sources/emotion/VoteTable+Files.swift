import ConsoleOutput
import EmotionDetection
import Evaluation
import FileNames

extension VoteTable {
    /// How often answers are what most voters saw, over the pictures where one of the seven had most votes.
    struct Agreement {
        let agreed: Int
        let count: Int
    }

    /// Reads the CSV at `path`.
    init(contentsOf path: String) throws(FileFailure) {
        self = try InputFile(path).read { try VoteTable(csv: String(decoding: $0, as: UTF8.self)) }
    }

    func agreement(with pictures: [LabelledScores]) -> Agreement {
        let known = pictures.compactMap { picture in
            majority(of: FaceFolder.Entry(path: picture.file, label: picture.label).stem)
                .map { $0 == picture.predicted }
        }
        return Agreement(agreed: known.count(where: { $0 }), count: known.count)
    }
}

extension [LabelledScores] {
    /// `file,label,predicted` and the probability of each emotion, a line a picture.
    var csv: String {
        let header = ["file", "label", "predicted"] + Emotion.allCases.map(\.rawValue)
        let lines = map { picture in
            let scores = Emotion.allCases.map { FixedDecimal.text(picture.scores[$0], digits: 6) ?? "" }
            let name = FileName.shown(picture.file)
            let file = name.contains { ",\"\n\r".contains($0) } ? Self.quoted(name) : name
            return [file, picture.label.rawValue, picture.predicted.rawValue] + scores
        }
        return ([header] + lines).map { $0.joined(separator: ",") + "\n" }.joined()
    }

    /// - Source: RFC 4180, section 2, rules 6 and 7.
    private static func quoted(_ text: String) -> String {
        "\"" + text.map { $0 == "\"" ? "\"\"" : String($0) }.joined() + "\""
    }
}
