import Foundation
import InterviewAnalysis
import Testing

/// A recording process that is killed without warning, while it writes.
///
/// The process is this test program itself, asked through the environment to record; ``recordsUntilItIsKilled()``
/// is its part and does not run otherwise.
@Suite struct JournalKillTests {
    private static let variable = "SWIFT_EMOTION_TEST_JOURNAL"
    private static let recordingPath = ProcessInfo.processInfo.environment[variable]

    @Test(.enabled(if: recordingPath == nil), arguments: [0, 1, 7, 23])
    func aKilledRecordingIsReadUpToItsLastWholeLine(milliseconds: Int) throws {
        let path = temporaryPath(".journal")
        defer { try? FileManager.default.removeItem(atPath: path) }
        let recorder = Process()
        recorder.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        recorder.arguments = [
            "--testing-library", "swift-testing", "--filter", "JournalKillTests/recordsUntilItIsKilled",
        ]
        recorder.environment = ProcessInfo.processInfo.environment.merging([Self.variable: path]) { $1 }
        recorder.standardOutput = FileHandle.nullDevice
        recorder.standardError = FileHandle.nullDevice
        try recorder.run()
        defer { recorder.terminate() }
        let deadline = ContinuousClock.now + .seconds(60)
        while try size(of: path) < 20_000, recorder.isRunning, ContinuousClock.now < deadline { usleep(1_000) }
        usleep(UInt32(milliseconds) * 1_000)
        #expect(recorder.isRunning)
        kill(recorder.processIdentifier, SIGKILL)
        recorder.waitUntilExit()
        #expect(recorder.terminationReason == .uncaughtSignal)

        let recovered = try RecoveredSession(journal: path)
        let frames = recovered.analyzer.frames
        #expect(frames.count > 20)
        #expect(frames.map(\.frame) == Array(0..<frames.count))
        #expect(recovered.details.title == "killed")
        #expect(try size(of: path) == recovered.intactBytes + recovered.tornBytes)
        print("killed after \(frames.count) frames, \(recovered.tornBytes) bytes of a torn line")
    }

    @Test(.enabled(if: recordingPath != nil))
    func recordsUntilItIsKilled() throws {
        let path = try #require(Self.recordingPath)
        var session = InterviewEmotionAnalyzer(clock: { 0 })
        let journal = try SessionJournal(
            creating: path, configuration: session.configuration, details: SessionDetails(title: "killed"))
        let deadline = ContinuousClock.now + .seconds(60)
        for second in 0... {
            guard ContinuousClock.now < deadline else { break }
            try session.add(emotions: face(scoring: second.isMultiple(of: 2) ? 0.6 : 0.7), at: Double(second))
            try journal.append(.frame(try #require(session.frames.last)))
        }
    }

    private func size(of path: String) throws -> Int {
        guard FileManager.default.fileExists(atPath: path) else { return 0 }
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return try #require(attributes[.size] as? NSNumber).intValue
    }
}
