import Foundation
import GRDB
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// Crashes, full disks and locks: what was acknowledged is there, what was not is not, and the status says which.
struct DurabilityTests {
    @Test func everyAcknowledgedFrameSurvivesKills() throws {
        let folder = try TemporaryFolder()
        let database = folder.path("sessions.sqlite")
        let pictures = try (0..<4).map(Pictures.webcam)
        var acknowledged: [String: [Double]] = [:]
        var time = 0.0
        for round in 0..<Self.kills {
            let server = try ServerProcess(folder: folder, database: database, waitsForModels: round == 0)
            let session = try acknowledged.keys.first ?? server.newSession()
            let stored = Locked([Double]())
            let begin = time
            let thread = Thread {
                for step in 1..<200 {
                    let frame = begin + Double(step)
                    let reply = try? server.post(
                        picture: pictures[step % pictures.count], to: "/sessions/\(session)/frames?timestamp=\(frame)")
                    guard reply?.status == 200 else { return }
                    stored.with { $0.append(frame) }
                }
            }
            thread.start()
            // Another moment each time: while a picture is decoded, scored, stored or answered.
            while stored.with({ $0.count }) < 1 + round % 3 { usleep(1_000) }
            usleep(UInt32(7_000 * (round % 11)))
            server.killAtOnce()
            while !thread.isFinished { usleep(2_000) }
            acknowledged[session, default: []] += stored.with { $0 }
            time += 1_000
            let check = try DatabaseQueue(path: database)
            #expect(try check.read { try String.fetchOne($0, sql: "PRAGMA integrity_check") } == "ok")
        }
        let server = try ServerProcess(folder: folder, database: database)
        for (session, times) in acknowledged {
            let json = try server.get("/sessions/\(session)/session.json").json
            let there = Set((json["frames"] as? [[String: Any]] ?? []).compactMap { $0["timestamp"] as? Double })
            #expect(times.count >= Self.kills)
            #expect(times.allSatisfy(there.contains), "\(times.filter { !there.contains($0) })")
            // A reply that was lost: the frame may be there without its acknowledgement, at most one a kill.
            #expect(there.count - times.count <= Self.kills)
        }
    }

    /// So many times the server is killed; EMOTION_TEST_KILLS asks for another number.
    private static let kills = ProcessInfo.processInfo.environment["EMOTION_TEST_KILLS"].flatMap { Int($0) } ?? 12

    @Test func aLockedDatabaseIsSaidToBeUnavailableAndComesBack() throws {
        let server = try ServerProcess(waitsForModels: false)
        let session = try server.newSession()
        let other = try DatabaseQueue(path: server.folder.path("sessions.sqlite"))
        try other.writeWithoutTransaction { database in
            try database.execute(sql: "BEGIN IMMEDIATE")
            let reply = try server.post("/sessions/\(session)/questions", ["text": "A", "at": 0])
            #expect(reply.status == 503 && reply.code == "storage_unavailable")
            #expect(reply.headers["retry-after"] != nil)
            // Reading goes on.
            #expect(try server.get("/sessions/\(session)").status == 200)
            try database.execute(sql: "ROLLBACK")
        }
        #expect(try server.post("/sessions/\(session)/questions", ["text": "A", "at": 0]).status == 201)
    }

    private static let canMount: Bool = {
        guard let folder = try? TemporaryFolder(), let mounted = try? Self.mount(folder.path("")) else { return false }
        _ = try? Program("umount", "-l", folder.path(""))
        return mounted
    }()

    /// Puts a disk of one mebibyte there.
    private static func mount(_ path: String) throws -> Bool {
        try Program("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", path).status == 0
    }

    @Test(.enabled(if: canMount, "no small disk can be mounted here"))
    func aFullDiskIsSaidToBeFullAndNothingIsLost() throws {
        let folder = try TemporaryFolder()
        let disk = folder.path("disk")
        try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: true)
        #expect(try Self.mount(disk))
        defer { _ = try? Program("umount", "-l", disk) }
        let server = try ServerProcess(
            "--max-sessions", "100000", folder: folder, database: "\(disk)/sessions.sqlite", waitsForModels: false)
        var made: [String] = []
        var refusal: HTTPReply?
        for _ in 0..<10_000 where refusal == nil {
            let reply = try server.post("/sessions", ["title": String(repeating: "b", count: 200)])
            if reply.status == 201 { made.append(reply.json["id"] as? String ?? "") } else { refusal = reply }
        }
        #expect(refusal?.status == 507 && refusal?.code == "storage_full", "\(refusal?.text ?? "")")
        for session in [made.first, made.last].compactMap(\.self) {
            #expect(try server.get("/sessions/\(session)").status == 200)
        }
        #expect(try server.get("/healthz").status == 200)
        // Room is made: it goes on without a restart.
        #expect(try Program("mount", "-o", "remount,size=8m", disk).status == 0)
        #expect(try server.post("/sessions", [:]).status == 201)
    }

    @Test func aDatabaseOfANewerVersionOrNoDatabaseIsRefusedAtStart() throws {
        let folder = try TemporaryFolder()
        let text = try folder.file("sessions.sqlite", Array(repeating: UInt8(ascii: "x"), count: 4_096))
        #expect(throws: ServerProcess.NotStarted.self) { try ServerProcess(folder: folder, database: text) }
        let server = try ServerProcess(waitsForModels: false)
        server.stop()
        let database = try DatabaseQueue(path: server.folder.path("sessions.sqlite"))
        try database.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('9 something newer')") }
        try database.close()
        #expect(throws: ServerProcess.NotStarted.self) { try ServerProcess(folder: server.folder) }
    }

    @Test func sessionsWhoseTimeIsOverAreDeletedAndOverwritten() throws {
        let server = try ServerProcess(waitsForModels: false)
        let title = "A title that must be gone"
        let (old, new) = (try server.newSession(title), try server.newSession("Young"))
        server.stop()
        let path = server.folder.path("sessions.sqlite")
        let database = try DatabaseQueue(path: path)
        try database.write {
            try $0.execute(
                sql: "UPDATE sessions SET updated_at = updated_at - 86400 * 31 WHERE id = ?",
                arguments: [old.uppercased()])
        }
        try database.close()
        let again = try ServerProcess(folder: server.folder, waitsForModels: false)
        for _ in 0..<100 where try again.get("/sessions/\(old)").status == 200 { usleep(50_000) }
        #expect(try again.get("/sessions/\(old)").status == 404)
        #expect(try again.get("/sessions/\(new)").status == 200)
        again.stop()
        for file in try FileManager.default.contentsOfDirectory(atPath: (path as NSString).deletingLastPathComponent)
        where file.hasPrefix("sessions.sqlite") {
            let bytes = FileManager.default.contents(atPath: server.folder.path(file)) ?? Data()
            #expect(bytes.range(of: Data(title.utf8)) == nil)
        }
        // For its owner alone.
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test func aSessionThatIsDeletedIsInNoFileWhileTheServiceGoesOn() throws {
        let server = try ServerProcess(waitsForModels: false)
        let path = server.folder.path("sessions.sqlite")
        func isThere(_ title: String) -> Bool {
            ["", "-wal"].contains { suffix in
                FileManager.default.contents(atPath: path + suffix)?.range(of: Data(title.utf8)) != nil
            }
        }
        let first = try server.newSession("The first title to be gone")
        #expect(isThere("The first title"))
        #expect(try server.request("DELETE", "/sessions/\(first)").status == 204)
        #expect(!isThere("The first title"))

        // Somebody who reads meanwhile keeps the log from being cut; it is cut once they are done.
        let second = try server.newSession("The second title to be gone")
        let reader = try DatabaseQueue(path: path)
        try reader.writeWithoutTransaction { database in
            try database.execute(sql: "BEGIN")
            _ = try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM sessions")
            #expect(try server.request("DELETE", "/sessions/\(second)").status == 204)
            #expect(try server.get("/sessions/\(second)").status == 404)
            #expect(isThere("The second title"))
            // Writing is not held up for longer than a moment.
            let begin = Date()
            #expect(try server.post("/sessions", [:]).status == 201)
            #expect(Date().timeIntervalSince(begin) < 2)
            try database.execute(sql: "COMMIT")
        }
        for _ in 0..<300 where isThere("The second title") { usleep(50_000) }
        #expect(!isThere("The second title"))
        #expect(server.isRunning)
    }

    @Test func whatIsDamagedIsNotSaidToComeBack() throws {
        let before = try ServerProcess(waitsForModels: false)
        let session = try before.newSession()
        before.stop()
        try DatabaseQueue(path: before.folder.path("sessions.sqlite")).write {
            try $0.execute(sql: "UPDATE sessions SET details = x'7B', digest = NULL")
        }
        let server = try ServerProcess(folder: before.folder, waitsForModels: false)
        let reply = try server.get("/sessions/\(session)/summary")
        #expect(reply.status == 500 && reply.code == "storage_damaged" && reply.headers["retry-after"] == nil)
        #expect(server.log.contains { $0["code"] as? String == "storage_damaged" && $0["level"] as? String == "error" })
        #expect(try server.get("/healthz").status == 200)
    }

    @Test func twoServersShareOneDatabase() throws {
        let folder = try TemporaryFolder()
        let servers = try (0..<2).map { _ in try ServerProcess(folder: folder) }
        let session = try servers[0].newSession()
        for number in 0..<6 {
            let reply = try servers[number % 2].post(
                picture: try Pictures.webcam(number), to: "/sessions/\(session)/frames?timestamp=\(number)")
            #expect(reply.json["frame_count"] as? Int == number + 1, "\(reply.text)")
        }
        // One of them dies; the other has the whole session.
        servers[0].killAtOnce()
        let reply = try servers[1].post(
            picture: try Pictures.webcam(9), to: "/sessions/\(session)/frames?timestamp=9")
        #expect(reply.json["frame_count"] as? Int == 7)
        // Both at one time: each frame is there once, or its sender was told of the conflict.
        let other = try ServerProcess(folder: folder)
        let statuses = Concurrently.map(8) { index in
            (try? [servers[1], other][index % 2].post(
                "/sessions/\(session)/questions", ["text": "Q\(index)", "at": 10 + index]
            ).status) ?? 0
        }
        #expect(statuses.allSatisfy { $0 == 201 || $0 == 409 } && statuses.contains(201))
        let questions = try other.get("/sessions/\(session)/questions").json["questions"] as? [Any]
        #expect(questions?.count == statuses.count { $0 == 201 })
    }
}
