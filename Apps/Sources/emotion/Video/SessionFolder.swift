import ConsoleOutput
import FileNames
import InterviewAnalysis

/// A folder in which somebody keeps their sessions.
struct SessionFolder {
    let path: String

    /// Every session in the folder but `latest` itself, which may lie there too.
    ///
    /// Files that hold no session are named and left out. One session is held at a time.
    /// - Complexity: O(size of the files).
    func sessions(besides latest: SessionRecord) throws -> [PastSession] {
        let names: [String]
        do throws(FileBytes.Failure) { names = try FolderNames.visible(in: path) } catch {
            throw FileFailure(path, reason: error.reason)
        }
        return names.filter { $0.hasSuffix(".json") }.compactMap { name in
            do throws(FileFailure) {
                let record = try InputFile(path + "/" + name).read { try SessionRecord(json: $0) }
                return record.isSameRecording(as: latest) ? nil : PastSession(of: record, name: FileName.shown(name))
            } catch {
                Console.report("emotion: left out of the history: \(error)")
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
