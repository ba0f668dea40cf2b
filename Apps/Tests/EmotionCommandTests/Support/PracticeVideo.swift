import Foundation
import Testing

/// A video that `Scripts/make-practice-video.py` makes, and what is planted in it.
struct PracticeVideo {
    let path: String
    let planted: Planted
    private let folder: TemporaryFolder

    /// Stretches in seconds since the beginning.
    struct Planted: Decodable {
        let seconds: Double
        private let drops: [[Double]]?
        private let absent: [[Double]]?
        private let passing: [[Double]]?

        var dropOnsets: [Double] { (drops ?? []).compactMap(\.first) }
        var dropEnds: [Double] { (drops ?? []).compactMap(\.last) }
        var absence: ClosedRange<Double>? { Self.range(absent) }
        var passage: ClosedRange<Double>? { Self.range(passing) }

        private static func range(_ stretches: [[Double]]?) -> ClosedRange<Double>? {
            guard let stretch = stretches?.first, stretch.count == 2 else { return nil }
            return stretch[0]...stretch[1]
        }
    }

    /// Whether the script can run here.
    static let isPossible = Programs.haveFFmpeg && Programs.have("python3")
    static let absence: Comment = "ffmpeg or python3 is not on the search path"

    /// - Parameter options: of the script, such as `--rate`.
    init(_ name: String, options: [String]) throws {
        folder = try TemporaryFolder()
        path = folder.path("\(name).mp4")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = [Repository.path("Scripts/make-practice-video.py"), name, path] + options
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        planted = try JSONDecoder().decode(Planted.self, from: data)
    }

    /// What the command makes of it.
    func session(_ options: String...) throws -> Session { try session(options: options) }

    private func session(options: [String]) throws -> Session {
        let json = folder.path("session.json")
        let command = try Command(["video", path, "--json", json] + options)
        try #require(command.status == 0, "\(command.messages)")
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(Session.self, from: Data(contentsOf: URL(fileURLWithPath: json)))
    }

    /// The same with the report that the command makes of it, both of one run.
    func sessionAndReport(_ options: String...) throws -> (session: Session, report: String) {
        let html = folder.path("report.html")
        let session = try session(options: options + ["--report", html])
        return (session, try String(contentsOfFile: html, encoding: .utf8))
    }
}

extension PracticeVideo {
    /// The parts of a session file that the tests look at.
    struct Session: Decodable {
        let frames: [Frame]
        let missed: [Missed]
        let summary: Summary

        struct Frame: Decodable {
            let timestamp: Double
            let confidenceScore: Double
            let identityUncertain: Bool?
        }

        struct Missed: Decodable {
            let timestamp: Double
            let reason: String
        }

        struct Summary: Decodable {
            let score: Score
            let stress: Stress
            let stillness: Stillness
            let strengths: [Finding]
            let improvementAreas: [Finding]
            let shortestDropSeconds: Double?
        }

        struct Score: Decodable {
            let value: Double?
            let interval: Interval?
        }

        struct Interval: Decodable {
            let lower: Double
            let upper: Double
        }

        struct Stress: Decodable {
            let events: [Event]
        }

        struct Event: Decodable {
            let onset: Double
            let end: Double
            let baseline: Double
            let lowest: Double
            let ending: String
        }

        struct Stillness: Decodable {
            let verdict: String
        }

        struct Finding: Decodable {
            let topic: String
            let timestamp: Double?
        }

        var events: [Event] { summary.stress.events }
        /// Mean score of the frames in a stretch.
        func mean(_ seconds: Range<Double>) -> Double {
            let scores = frames.filter { seconds.contains($0.timestamp) }.map(\.confidenceScore)
            return scores.reduce(0, +) / Double(max(1, scores.count))
        }
    }
}
