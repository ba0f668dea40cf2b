import Foundation
import Testing

/// The machine's clock, set back while the service runs.
@Suite(
    .enabled(if: MovableClock.library != nil, "libfaketime is not installed, so no clock can be set"),
    .disabled(if: MovableClock.isOutOfReach, "libfaketime and ThreadSanitizer do not work in one process"))
struct ClockTests {
    private let key = ["Authorization": "Bearer correct-horse-battery-staple"]

    private func server(_ clock: MovableClock, _ folder: TemporaryFolder) throws -> ServerProcess {
        // Settings from the environment: libfaketime moves it, and Swift, which looks for the arguments before it, finds none.
        let settings = [
            "API_KEY": "correct-horse-battery-staple", "RATE": "5", "PORT": "0",
            "DATABASE": folder.path("sessions.sqlite"),
        ].map { ("EMOTION_SERVER_" + $0, $1) }
        let environment = clock.environment.merging(settings) { $1 }
        return try ServerProcess(environment: environment, folder: folder)
    }

    @Test func aClockThatIsSetBackFailsNoRequestAndLosesNothing() throws {
        let folder = try TemporaryFolder()
        let clock = try MovableClock(in: folder)
        var server = try server(clock, folder)
        let old = try server.newSession("Before", headers: key)
        func send(_ time: Int) throws -> HTTPReply {
            try server.post(
                picture: try Pictures.webcam(time), to: "/sessions/\(old)/frames?timestamp=\(time)", headers: key)
        }
        #expect(try send(0).status == 200)
        let before = try server.get("/sessions/\(old)", headers: key).json
        let year = Calendar(identifier: .gregorian).component(.year, from: Date())
        #expect((before["created_at"] as? String)?.hasPrefix("\(year)") == true)

        try clock.set("-20d")
        for time in [2, 4] { #expect(try send(time).status == 200) }
        let question = ["text": "Q", "at": 5] as [String: Any]
        #expect(try server.post("/sessions/\(old)/questions", question, headers: key).status == 201)
        let after = try server.get("/sessions/\(old)", headers: key).json
        #expect(after["frame_count"] as? Int == 3 && after["coverage"] as? Double == 1)
        // It lives as long as it would have: the time of the last change does not go back.
        #expect(after["expires_at"] as? String == before["expires_at"] as? String)
        let new = try server.newSession("After", headers: key)
        let created = try server.get("/sessions/\(new)", headers: key).json["created_at"] as? String ?? "9"
        #expect(created < before["created_at"] as? String ?? "", "the clock was not set back: \(created)")
        // The newest is the one that came last, whatever its date says.
        let listed = try server.get("/sessions", headers: key).json["sessions"] as? [[String: Any]] ?? []
        #expect(listed.map { $0["id"] as? String } == [new, old])

        // Rates go by a clock that nobody sets. A rest first: what came before may have used the key's requests up.
        usleep(2_000_000)
        try clock.set("-29d")
        let refused = try (0..<30).map { _ in try server.get("/sessions", headers: key).status }
        #expect(Set(refused) == [200, 429])
        usleep(1_200_000)
        #expect(try server.get("/sessions", headers: key).status == 200)

        // Neither the deletion at the start of a service whose clock is wrong nor that of one whose clock was put right
        // takes anything whose time is not over.
        for offset in ["-29d", "+0"] {
            server.stop()
            try clock.set(offset)
            server = try self.server(clock, folder)
            usleep(300_000)
            for session in [old, new] { #expect(try server.get("/sessions/\(session)", headers: key).status == 200) }
        }
        // What is beyond it goes.
        server.stop()
        try clock.set("+31d")
        server = try self.server(clock, folder)
        var reply = try server.get("/sessions/\(old)", headers: key)
        for _ in 0..<10 where reply.status == 200 {
            usleep(300_000)
            reply = try server.get("/sessions/\(old)", headers: key)
        }
        #expect(reply.code == "session_not_found")
        #expect(server.log.allSatisfy { Double($0["ms"] as? String ?? "0") ?? -1 >= 0 })
    }
}

/// A clock of a process that can be set while it runs, by libfaketime; the one that only counts goes on as it did.
struct MovableClock {
    private let path: String

    static let library: String? = {
        let root = "/usr/lib"
        let folders = ["", "/x86_64-linux-gnu", "/aarch64-linux-gnu"].map { root + $0 + "/faketime/libfaketimeMT.so.1" }
        return folders.first { FileManager.default.fileExists(atPath: $0) }
    }()

    /// `Scripts/run-tests.sh` sets options for the sanitizer where it is built in.
    static let isOutOfReach = ProcessInfo.processInfo.environment["TSAN_OPTIONS"] != nil

    init(in folder: TemporaryFolder) throws {
        path = try folder.file("clock", Array("+0".utf8))
    }

    var environment: [String: String] {
        [
            "LD_PRELOAD": Self.library ?? "", "FAKETIME_TIMESTAMP_FILE": path, "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        ]
    }

    /// - Parameter offset: from the true time, as `-20d`.
    func set(_ offset: String) throws { try Data(offset.utf8).write(to: URL(fileURLWithPath: path)) }
}
