import Foundation
import InterviewAnalysis
import Testing

/// The store that several machines share, and replicas behind nginx.
@Suite(.enabled(if: PostgreSQLServer.isPossible, "no PostgreSQL server is installed that could be started"))
struct PostgreSQLTests {
    @Test func sessionsLiveInPostgreSQLAsTheyDoInSQLite() throws {
        let database = try PostgreSQLServer()
        let server = try ServerProcess(database: database.address)
        let session = try server.newSession("Monday")
        #expect(try server.post("/sessions/\(session)/questions", ["text": "Who?", "at": 0]).status == 201)
        let path = "/sessions/\(session)/frames?timestamp="
        for number in 0..<4 {
            let reply = try server.post(picture: try Pictures.webcam(number), to: path + "\(number * 2)")
            #expect(reply.json["frame_count"] as? Int == number + 1, "\(reply.text)")
        }
        let again = try server.post(picture: try Pictures.webcam(9), to: path + "6")
        #expect(again.frames.first?["duplicate"] as? Bool == true && again.json["frame_count"] as? Int == 4)
        #expect(try server.post(picture: try Pictures.webcam(9), to: path + "5").code == "timestamp_not_rising")
        let record = try SessionRecord(json: try server.get("/sessions/\(session)/session.json").body)
        #expect(record.frames.map(\.timestamp) == [0, 2, 4, 6] && record.details.title == "Monday")
        #expect(record.questions.map(\.label) == ["Who?"])
        #expect(try server.get("/sessions/\(session)").json["coverage"] as? Double == 1)
        let made = try (0..<4).map { try server.newSession("S\($0)") }
        let page = try server.get("/sessions?limit=3").json
        #expect((page["sessions"] as? [[String: Any]])?.map { $0["id"] as? String } == made.suffix(3).reversed())
        // Its last entry is deleted before the next page is asked for.
        #expect(try server.request("DELETE", "/sessions/\(made[1])").status == 204)
        let rest = try server.get("/sessions?limit=3&after=\(page["next"] as? String ?? "")").json
        #expect((rest["sessions"] as? [Any])?.count == 2 && rest["next"] is NSNull)
        #expect(try server.request("DELETE", "/sessions").json["deleted"] as? Int == 4)
        #expect(try database.query("SELECT COUNT(*) FROM entries") == ["0"])
    }

    @Test func theServerGoneIsSaidAndComesBack() throws {
        let database = try PostgreSQLServer()
        let server = try ServerProcess(database: database.address)
        let session = try server.newSession()
        database.stop()
        let reply = try server.post(picture: try Pictures.webcam(), to: "/sessions/\(session)/frames?timestamp=1")
        #expect(reply.status == 503 && reply.code == "storage_unavailable" && !reply.text.contains("tester"))
        // What went well within the last second is not tried again.
        usleep(1_100_000)
        #expect(try server.get("/readyz").status == 503)
        #expect(try server.get("/healthz").status == 200)
        #expect(try server.post(picture: try Pictures.webcam(), to: "/analyze/facial").status == 200)
        try database.restart()
        #expect(
            try server.post(picture: try Pictures.webcam(), to: "/sessions/\(session)/frames?timestamp=1").status == 200
        )
        server.stop()
        database.stop()
        #expect(throws: ServerProcess.NotStarted.self) { try ServerProcess(database: database.address) }
    }

    @Test func aServerThatStandsStillIsGivenUpAndComesBack() throws {
        let database = try PostgreSQLServer()
        let server = try ServerProcess(database: database.address)
        let session = try server.newSession()
        try database.freeze()
        // More than there are connections: the first wait for an answer, the others for a connection.
        let begin = Date()
        let replies = Concurrently.map(12) { _ in try? server.get("/sessions/\(session)/summary") }
        #expect(replies.allSatisfy { $0?.status == 503 && $0?.code == "storage_unavailable" })
        #expect(Date().timeIntervalSince(begin) < 25)
        #expect(try server.get("/healthz").status == 200)
        #expect(try server.post(picture: try Pictures.webcam(), to: "/analyze/facial").status == 200)
        try database.thaw()
        var status = 0
        for _ in 0..<40 where status != 200 {
            status = try server.get("/sessions/\(session)/summary").status
            usleep(250_000)
        }
        #expect(status == 200)
        #expect(try server.post("/sessions/\(session)/questions", ["text": "Who?", "at": 0]).status == 201)
        // A password in the address is for the log as little as for clients.
        #expect(server.log.first { $0["message"] as? String == "listening" }?["database"] as? String == "PostgreSQL")
    }

    @Test func everyAcknowledgedFrameSurvivesKillsOfServiceAndDatabase() throws {
        let database = try PostgreSQLServer()
        let picture = try Pictures.webcam()
        var acknowledged: [Double] = []
        var session = ""
        for round in 0..<Self.kills {
            let server = try ServerProcess(database: database.address, waitsForModels: round == 0)
            if session.isEmpty { session = try server.newSession() }
            let (id, stored) = (session, Locked([Double]()))
            let thread = Thread {
                for step in 1..<200 {
                    let frame = Double(round * 1_000 + step)
                    let reply = try? server.post(picture: picture, to: "/sessions/\(id)/frames?timestamp=\(frame)")
                    guard reply?.status == 200 else { return }
                    stored.with { $0.append(frame) }
                }
            }
            thread.start()
            while stored.with({ $0.count }) < 1 + round % 4 { usleep(1_000) }
            usleep(UInt32(7_000 * (round % 11)))
            // Every other time the database crashes as well.
            if round % 2 == 1 { database.stop() }
            server.killAtOnce()
            while !thread.isFinished { usleep(2_000) }
            if round % 2 == 1 { try database.restart() }
            acknowledged += stored.with { $0 }
        }
        let server = try ServerProcess(database: database.address)
        let record = try SessionRecord(json: try server.get("/sessions/\(session)/session.json").body)
        let there = Set(record.frames.map(\.timestamp))
        #expect(acknowledged.count >= 2 * Self.kills && acknowledged.allSatisfy(there.contains))
        #expect(there.count - acknowledged.count <= Self.kills)
        #expect(try database.query("CREATE EXTENSION amcheck") == ["CREATE EXTENSION"])
        for table in ["sessions", "entries"] {
            #expect(try database.query("SELECT * FROM verify_heapam('\(table)')").isEmpty)
        }
        let indexes = """
            SELECT indexrelid, bt_index_check(indexrelid, true) FROM pg_index
            WHERE indrelid IN ('sessions'::regclass, 'entries'::regclass)
            """
        #expect(try database.query(indexes).count == 6)
    }

    /// So many times the service is killed; EMOTION_TEST_POSTGRESQL_KILLS asks for another number.
    private static let kills =
        ProcessInfo.processInfo.environment["EMOTION_TEST_POSTGRESQL_KILLS"].flatMap { Int($0) } ?? 4

    @Test(.enabled(if: Program.exists("nginx"), "nginx is not on the search path"))
    func aSessionGoesOnWhenOneOfTwoReplicasBehindNginxDies() throws {
        let database = try PostgreSQLServer()
        let replicas = try (0..<2).map { _ in try ServerProcess(database: database.address) }
        let nginx = try NginxProcess(before: replicas.map(\.port))
        func post(_ number: Int) throws -> [String: Any] {
            let folder = try TemporaryFolder()
            let file = try folder.file("frame.jpg", try Pictures.webcam(number))
            let run = try Program([
                "curl", "--silent", "-H", "Content-Type: image/jpeg", "--data-binary", "@\(file)",
                "http://localhost:\(nginx.port)/sessions/\(session)/frames?timestamp=\(number * 2)",
            ])
            return run.json
        }
        let created = try Program([
            "curl", "--silent", "-X", "POST", "http://localhost:\(nginx.port)/sessions",
        ])
        let session = try #require(created.json["id"] as? String)
        for number in 0..<12 {
            if number == 6 { replicas[0].killAtOnce() }
            #expect(try post(number)["frame_count"] as? Int == number + 1)
        }
        for replica in replicas where replica.isRunning {
            let record = try SessionRecord(json: try replica.get("/sessions/\(session)/session.json").body)
            #expect(record.frames.count == 12 && record.summary.score.coverage.share == 1)
        }
        // Both had a part in it before one died.
        let served = replicas.map { $0.log.filter { $0["route"] as? String == "/sessions/{id}/frames" }.count }
        #expect(served.allSatisfy { $0 > 0 }, "\(served)")
    }
}

/// nginx as a load balancer, with the settings of `Deployment/nginx.conf` that concern it.
final class NginxProcess {
    let port: UInt16
    private let process = Process()
    private let folder: TemporaryFolder

    init(before replicas: [UInt16]) throws {
        folder = try TemporaryFolder()
        port = try PostgreSQLServer.freePort()
        let servers = replicas.map { "server 127.0.0.1:\($0);" }.joined(separator: " ")
        let configuration = """
            daemon off; pid \(folder.path("pid")); error_log \(folder.path("error.log")); worker_processes 1;
            events { worker_connections 64; }
            http {
                access_log off; client_body_temp_path \(folder.path("body")); proxy_temp_path \(folder.path("proxy"));
                fastcgi_temp_path \(folder.path("f")); uwsgi_temp_path \(folder.path("u")); scgi_temp_path \(folder.path("s"));
                upstream replicas { \(servers) }
                server {
                    listen 127.0.0.1:\(port); client_max_body_size 16m;
                    location / {
                        proxy_pass http://replicas; proxy_http_version 1.1; proxy_set_header Connection "";
                        proxy_set_header Host $http_host; proxy_next_upstream error timeout non_idempotent;
                        proxy_next_upstream_tries 2;
                    }
                }
            }
            """
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "nginx", "-c", try folder.file("nginx.conf", Array(configuration.utf8)), "-p", folder.path(""),
        ]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        for _ in 0..<100 where (try? RawConnection(port: port)) == nil { usleep(50_000) }
    }

    deinit {
        process.terminate()
        process.waitUntilExit()
    }
}
