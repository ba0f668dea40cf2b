import ConsoleOutput
import EmotionDetection
import FileNames

extension PictureAnalysis {
    private static let barWidth = 24

    /// The analysis for people: a heading, then for each face its place and the seven scores with bars.
    func lines(inColor: Bool) -> [String] {
        let size = "\(result.imageSize.width)×\(result.imageSize.height)"
        let milliseconds = FixedDecimal.text(totalMilliseconds, digits: 0) ?? "?"
        let heading = "\(FileName.shown(path))  \(size)  \(summary)  \(milliseconds) ms"
        return [heading]
            + result.faces.enumerated().flatMap { index, face in
                [""] + lines(for: face, number: index + 1, inColor: inColor)
            }
    }

    private var summary: String {
        switch result.faces.filter(\.faceDetected).count {
        case 0: result.faces.isEmpty ? "no face found" : "no face found, the middle of the picture is scored"
        case 1: "1 face"
        case let count: "\(count) faces"
        }
    }

    private func lines(for face: FaceEmotion, number: Int, inColor: Bool) -> [String] {
        let box = face.box
        let place = [box.x, box.y, box.width, box.height].map { FixedDecimal.text($0, digits: 0) ?? "?" }
        let heading =
            "  face \(number): \(face.dominantEmotion.rawValue) \(percent(face.confidence))"
            + (face.isUncertain ? " (uncertain)" : "")
            + "  box \(place[0]),\(place[1]) \(place[2])×\(place[3])  \(face.stage.rawValue)"
        var table = Table(.left, .right, .left)
        let ranked = Emotion.allCases.sorted { face.scores[$0] > face.scores[$1] }
        for emotion in ranked {
            let score = face.scores[emotion]
            table.append(
                "    " + emotion.rawValue, percent(score), Bar.text(score, width: PictureAnalysis.barWidth))
        }
        let mesh = meshes?.faces[number - 1].map { ["    " + $0.sentence] } ?? []
        let notes = (quality(of: face)?.issue.map { ["    " + $0.message] } ?? []) + mesh
        guard inColor, let first = table.lines.first else { return [heading] + notes + table.lines }
        return [heading] + notes + ["\u{1B}[1m\(first)\u{1B}[0m"] + table.lines.dropFirst()
    }

    private func percent(_ part: Double) -> String {
        (FixedDecimal.text(part * 100, digits: 1) ?? "?") + " %"
    }
}
