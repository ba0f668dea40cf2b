import ArgumentParser
import InterviewAnalysis

/// `LABEL@TIME`: a question and the moment at which it begins, in seconds or as minutes and seconds.
struct QuestionOption: ExpressibleByArgument, Equatable {
    let label: String
    let seconds: Double

    init?(argument: String) {
        // The last sign parts them, so that a label may hold one.
        guard let sign = argument.lastIndex(of: "@") else { return nil }
        label = String(argument[..<sign])
        guard !label.isEmpty, let seconds = Self.seconds(argument[argument.index(after: sign)...]) else { return nil }
        self.seconds = seconds
    }

    var marker: QuestionMarker { QuestionMarker(label: label, start: seconds) }

    /// `122`, `122.5`, `2:02` and `1:02:03`.
    static func seconds(_ text: Substring) -> Double? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { Double($0) }
        guard (1...3).contains(parts.count) else { return nil }
        return parts.reduce(0.0) { sum, part in
            guard let sum, let part, part.isFinite, part >= 0 else { return nil }
            return sum * 60 + part
        }
    }
}
