import Foundation
import Testing

/// `emotion report` takes a session and the journal of its recording alike.
@Suite struct JournalReportTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func aJournalAndTheSessionMadeOfItGiveTheSameReport() throws {
        // What a file is is told by its content, so the names are the wrong way round.
        let journal = try folder.file("session.json", MadeSession.journal)
        let session = folder.path("journal.jsonl")
        let pages = [folder.path("1.html"), folder.path("2.html")]
        let made = try Command("report", journal, "--html", pages[0], "--json", session, "--csv", folder.path("s.csv"))
        #expect(made.status == 0, "\(made.messages)")
        #expect(made.output.isEmpty && made.messages.isEmpty)
        #expect(try String(contentsOfFile: folder.path("s.csv"), encoding: .utf8).split(separator: "\n").count == 101)
        #expect(try Command("report", session, "--html", pages[1]).status == 0)
        let texts = try pages.map { try String(contentsOfFile: $0, encoding: .utf8) }
        #expect(texts[0] == texts[1])
        #expect(texts[0].contains("Why us?"))
        #expect(try Command("report", journal).output == Command("report", session).output)
    }

    @Test(arguments: [1, 30])
    func aTornLineIsLeftOutAndToldOf(length: Int) throws {
        let lines = MadeSession.journal.split(separator: UInt8(ascii: "\n"))
        // The question is the last thing that was recorded; behind it stands that this is the end.
        let whole = Data(lines.dropLast(2).map { Data($0) + Data("\n".utf8) }.joined())
        let journal = try folder.file("j.jsonl", whole + (try #require(lines.dropLast().last)).prefix(length))
        let html = folder.path("r.html")
        let command = try Command("report", journal, "--html", html)
        #expect(command.status == 0)
        #expect(command.messages.contains("its last line, \(length) bytes, is incomplete"), "\(command.messages)")
        let page = try String(contentsOfFile: html, encoding: .utf8)
        #expect(page.contains("was cut short") && !page.contains("Why us?"))
    }

    /// A kill between two lines leaves whole ones, but not the one that says that this is the end.
    @Test(arguments: [1, 60]) func aJournalWithoutItsEndIsOneThatWasCutShort(missing: Int) throws {
        let lines = MadeSession.journal.split(separator: UInt8(ascii: "\n")).dropLast(missing)
        let journal = try folder.file("j.jsonl", Data(lines.map { Data($0) + Data("\n".utf8) }.joined()))
        let command = try Command("report", journal, "--json", folder.path("s.json"))
        #expect(command.status == 0)
        #expect(command.messages.contains("j.jsonl: the recording was cut off"), "\(command.messages)")
        #expect(try Command("report", folder.path("s.json")).output.contains { $0.contains("cut short") })
        let whole = try Command("report", folder.file("w.jsonl", MadeSession.journal))
        #expect(whole.messages.isEmpty && !whole.output.contains { $0.contains("cut short") })
    }

    @Test func journalsAreEarlierSessionsToo() throws {
        let journal = try folder.file("j.jsonl", MadeSession.journal)
        let html = folder.path("r.html")
        let copies = try (0..<2).map { try folder.file("\($0).jsonl", MadeSession.journal) }
        let command = try Command("report", journal, "--html", html, "--earlier", copies[0], "--earlier", copies[1])
        #expect(command.status == 0, "\(command.messages)")
    }

    @Test func damageInTheMiddleIsRefused() throws {
        var lines = MadeSession.journal.split(separator: UInt8(ascii: "\n")).map { Data($0) }
        lines[3] = Data("{}".utf8)
        let journal = try folder.file("j.jsonl", Data(lines.joined(separator: Data("\n".utf8))) + Data("\n".utf8))
        let command = try Command("report", journal)
        #expect(command.status == 1)
        #expect(command.messages.contains("line 4"))
        #expect(try Command("report", folder.file("empty.jsonl", [])).status == 1)
    }
}
