import ConsoleOutput
import InterviewAnalysis

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A folder in which somebody keeps their sessions.
struct SessionFolder {
    let path: String

    /// Every session in the folder but `latest` itself, which may lie there too.
    ///
    /// Files that hold no session are named and left out. One session is held at a time.
    /// - Complexity: O(size of the files).
    func sessions(besides latest: SessionRecord) throws -> [PastSession] {
        let names: [String]
        do { names = try FileManager.default.contentsOfDirectory(atPath: path) } catch {
            throw SessionError.unreadable(path: path, reason: "it is no folder that can be read")
        }
        return names.filter { $0.hasSuffix(".json") }.sorted().compactMap { name in
            do throws(SessionError) {
                let record = try SessionRecord(contentsOf: path + "/" + name)
                return record.isSameRecording(as: latest) ? nil : PastSession(of: record, name: name)
            } catch {
                let reason = if case .malformed = error { "it holds no session" } else { error.description }
                Console.report("emotion: \(path)/\(name) is left out of the history: \(reason)")
                return nil
            }
        }
    }
}

extension SessionRecord {
    /// Whether both were made of the same frames; title, goal and scoring may differ.
    fileprivate func isSameRecording(as other: SessionRecord) -> Bool {
        details.startedAt == other.details.startedAt && details.media?.name == other.details.media?.name
            && frames.map(\.timestamp) == other.frames.map(\.timestamp)
            && frames.map(\.emotions) == other.frames.map(\.emotions)
    }
}
