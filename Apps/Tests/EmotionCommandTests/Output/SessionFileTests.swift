import Foundation
import Testing

/// Session files that the command reads: of the layout before, and changed by somebody.
@Suite struct SessionFileTests {
    /// A session of version 1 of the layout.
    private static let old = URL(
        fileURLWithPath: Repository.path("Tests/InterviewAnalysisTests/Fixtures/session-v1.json"))

    @Test func readsASessionOfTheFirstLayout() throws {
        let command = try Command("report", Self.old.path)
        #expect(command.status == 0)
        #expect(command.output.contains { $0.hasPrefix("score") && $0.contains("71 of 100") })
    }

    @Test(arguments: [
        ("\"confidence_score\":0.", "\"confidence_score\":2.", "frames[0].confidence_score"),
        ("\"frame\":0,", "\"frame\":-1,", "frames[0].frame"), ("\"start\":0.5}", "\"start\":-3}", "questions[0].start"),
    ])
    func refusesAChangedSessionByName(old: String, new: String, field: String) throws {
        let folder = try TemporaryFolder()
        let text = try String(contentsOf: Self.old, encoding: .utf8)
        let changed = text.replacing(old, with: new, maxReplacements: 1)
        try #require(changed != text)
        let path = try folder.file("changed.json", Data(changed.utf8))
        let command = try Command("report", path)
        #expect(command.status == 1)
        #expect(command.output.isEmpty)
        #expect(command.messages.contains(field), "\(command.messages)")
    }
}
