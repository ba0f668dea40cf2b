import Foundation
import Testing

/// Where the system lets no memory become executable, everything works on the portable kernels.
@Suite struct RefusedMemoryTests {
    /// Sets `PR_SET_MDWE` with `PR_MDWE_REFUSE_EXEC_GAIN` (Linux 6.3), which a program keeps through `exec`; exit status 77
    /// says that the system has no such setting.
    private static let script = """
        import ctypes, os, sys
        if ctypes.CDLL(None).prctl(65, 1, 0, 0, 0) != 0:
            sys.exit(77)
        os.execv(sys.argv[1], sys.argv[1:])
        """
    private static let launcher = ["python3", "-c", script]

    /// Nil, with the reason printed, where the setting cannot be made.
    private func run(_ arguments: String...) throws -> Command? {
        let command = try Command(arguments, launcher: Self.launcher)
        guard command.status == 77 || command.status == 127 else { return command }
        print("skipped: no python3, or a system that cannot refuse executable memory")
        return nil
    }

    @Test func theDoctorSaysSo() throws {
        guard let command = try run("doctor") else { return }
        #expect(command.status == 0)
        let kernels = command.output.first { $0.hasPrefix("kernels") } ?? ""
        #if arch(x86_64)
            #expect(kernels.contains("portable: the system does not let compiled kernels be executed"), "\(kernels)")
        #else
            #expect(kernels.contains("portable"), "\(kernels)")
        #endif
    }

    @Test func theAnswerIsTheSame() throws {
        guard let refused = try run("analyze", "--json", Repository.astronaut) else { return }
        let allowed = try Command("analyze", "--json", Repository.astronaut)
        let answers = try [refused, allowed].map { try #require(try $0.objects().first) }
        #expect(answers[0]["dominant_emotion"] as? String == answers[1]["dominant_emotion"] as? String)
        let scores = try answers.map { try #require($0["emotions"] as? [String: Double]) }
        for (emotion, score) in scores[0] { #expect(abs(score - (scores[1][emotion] ?? .nan)) <= 1e-4, "\(emotion)") }
        #expect(scores[0].count == 7)
    }
}
