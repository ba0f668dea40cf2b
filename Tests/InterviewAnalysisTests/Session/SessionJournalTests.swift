import Foundation
import Testing

@testable import InterviewAnalysis

@Suite struct SessionJournalTests {
    /// Writes a session as it would have been recorded, with the questions at the end.
    private func record(_ session: SessionRecord, at path: String) throws {
        let journal = try SessionJournal(
            creating: path, configuration: session.configuration, details: session.details, durability: .onClose)
        for entry in SessionEntry.merged(frames: session.frames, missed: session.missed) { try journal.append(entry) }
        for question in session.questions { try journal.append(.question(question)) }
        try journal.finish()
    }

    @Test(arguments: [1, 2] as [UInt64])
    func givesTheWholeSessionBack(seed: UInt64) throws {
        let path = temporaryPath(".journal")
        defer { try? FileManager.default.removeItem(atPath: path) }
        let session = try sampleSession(seed: seed)
        try record(session, at: path)
        let recovered = try RecoveredSession(journal: path)
        #expect(SessionRecord(of: recovered.analyzer, details: recovered.details) == session)
        #expect(recovered.tornBytes == 0)
    }

    // A process that is killed leaves a prefix of the file: any prefix at all gives every whole line back.
    @Test func survivesBeingCutAtEveryByte() throws {
        let path = temporaryPath(".journal")
        defer { try? FileManager.default.removeItem(atPath: path) }
        let session = try sampleSession(seed: 3, entries: 4)
        try record(session, at: path)
        let bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
        let ends = bytes.indices.filter { bytes[$0] == UInt8(ascii: "\n") }
        #expect(ends.count == 7)
        for length in 0...bytes.count {
            let whole = ends.count { $0 < length }
            guard whole > 0 else {
                #expect(throws: SessionError.emptyJournal(path: path)) {
                    try RecoveredSession(bytes: Array(bytes[..<length]), path: path, clock: { 0 })
                }
                continue
            }
            let recovered = try RecoveredSession(bytes: Array(bytes[..<length]), path: path, clock: { 0 })
            let analyzer = recovered.analyzer
            let entries = analyzer.frames.count + analyzer.missed.count + analyzer.questions.count
            #expect(entries == whole - 1)
            #expect(recovered.intactBytes == ends[whole - 1] + 1)
            #expect(recovered.tornBytes == length - recovered.intactBytes)
        }
    }

    /// A kill between two lines leaves whole ones only; that nothing says that this is the end tells it.
    @Test(arguments: [false, true]) func aJournalThatIsClosedSaysSo(early: Bool) throws {
        let path = temporaryPath(".journal")
        defer { try? FileManager.default.removeItem(atPath: path) }
        let session = SessionRecord(of: try analyzer(scoring: [0.5, 0.6, 0.7]))
        try record(session, at: path)
        let open = try Data(contentsOf: URL(fileURLWithPath: path))
        #expect(try !RecoveredSession(journal: path).isClosed)
        let cut = try StoredSession(contentsOf: path)
        #expect(cut.isCutOff && cut.record.details.endedEarly == true)

        try SessionJournal(resuming: RecoveredSession(journal: path)).finish(endedEarly: early)
        let closed = try StoredSession(contentsOf: path)
        #expect(!closed.isCutOff && closed.tornBytes == 0)
        #expect(closed.record.details.endedEarly == (early ? true : nil))
        #expect(closed.record.frames == session.frames)

        // Whoever goes on with it takes the note away.
        let recovered = try RecoveredSession(journal: path)
        #expect(recovered.isClosed && recovered.intactBytes == open.count)
        try SessionJournal(resuming: recovered).finish()
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == open)
    }

    @Test func goesOnAfterATornLine() throws {
        let path = temporaryPath(".journal")
        defer { try? FileManager.default.removeItem(atPath: path) }
        try record(SessionRecord(of: analyzer(scoring: [0.5, 0.6, 0.7])), at: path)
        let whole = try Data(contentsOf: URL(fileURLWithPath: path))
        try whole.dropLast(10).write(to: URL(fileURLWithPath: path))
        let recovered = try RecoveredSession(journal: path)
        #expect(recovered.analyzer.frames.count == 2)
        #expect(recovered.tornBytes > 0)

        let journal = try SessionJournal(resuming: recovered, durability: .everyEntry)
        var session = recovered.analyzer
        try session.add(emotions: face(scoring: 0.8), at: 10)
        try journal.append(.frame(try #require(session.frames.last)))
        try journal.finish()
        let again = try RecoveredSession(journal: path)
        #expect(again.tornBytes == 0)
        #expect(again.analyzer.frames == session.frames)
    }

    @Test func refusesDamageThatIsNoCutOffWrite() throws {
        let path = temporaryPath(".journal")
        defer { try? FileManager.default.removeItem(atPath: path) }
        try record(SessionRecord(of: analyzer(scoring: [0.5, 0.6])), at: path)
        let text = try String(contentsOf: URL(fileURLWithPath: path), encoding: .utf8)
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        func refused(line number: Int, _ content: String) {
            var changed = lines
            changed[number - 1] = content
            do {
                _ = try RecoveredSession(
                    bytes: Array(changed.joined(separator: "\n").utf8), path: path, clock: { 0 })
                Issue.record("line \(number) was taken: \(content)")
            } catch SessionError.malformedLine(let found, _) {
                #expect(found == number)
            } catch {
                Issue.record("\(error)")
            }
        }
        refused(line: 1, "{}")
        refused(line: 2, "{\"frame\":")
        refused(line: 2, "")
        refused(line: 3, lines[1])
        lines[0] = lines[0].replacingOccurrences(of: "\"schema_version\":3", with: "\"schema_version\":9")
        #expect(throws: SessionError.unsupportedSchema(found: 9, supported: 3)) {
            try RecoveredSession(bytes: Array(lines.joined(separator: "\n").utf8), path: path, clock: { 0 })
        }
    }

    @Test func neverWritesOverAJournalNorAfterItsEnd() throws {
        let path = temporaryPath(".journal")
        defer { try? FileManager.default.removeItem(atPath: path) }
        let journal = try SessionJournal(creating: path, configuration: AnalyzerConfiguration())
        #expect(throws: SessionError.self) {
            try SessionJournal(creating: path, configuration: AnalyzerConfiguration())
        }
        try journal.finish()
        #expect(throws: SessionError.journalClosed(path: path)) {
            try journal.append(.missed(MissedFrame(frame: 0, timestamp: 0, reason: .noFace)))
        }
        #expect(throws: SessionError.self) {
            try SessionJournal(creating: "/nonexistent/x", configuration: AnalyzerConfiguration())
        }
    }

    @Test func isReadableByItsOwnerAlone() throws {
        let path = temporaryPath(".journal")
        defer { try? FileManager.default.removeItem(atPath: path) }
        try SessionJournal(creating: path, configuration: AnalyzerConfiguration()).finish()
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        let mode = try #require(attributes[.posixPermissions] as? NSNumber).intValue
        #expect(mode & 0o077 == 0)
    }
}
