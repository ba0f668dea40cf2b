import ConsoleOutput
import FileNames
import InterviewAnalysis

/// A folder in which somebody keeps their sessions.
struct SessionFolder {
    /// Every file that may hold a session.
    let files: [String]

    /// Looks into the folder at `path`.
    ///
    /// - Parameter replaced: an output that may lie there; the session of that name is replaced and not compared with.
    init(_ path: String, except replaced: String? = nil) throws(FileFailure) {
        do throws(FileBytes.Failure) {
            let identity = replaced.flatMap { FileIdentity(path: $0) }
            files = try FolderNames.visible(in: path).filter { $0.hasSuffix(".json") }.map { path + "/" + $0 }
                .filter { identity == nil || FileIdentity(path: $0) != identity }
        } catch {
            throw FileFailure(path, reason: error.reason)
        }
    }

    /// Every session in the folder but `latest` itself, which may lie there too.
    ///
    /// Files that hold no session are named and left out. One session is held at a time.
    /// - Complexity: O(size of the files).
    func sessions(besides latest: SessionRecord) -> [PastSession] {
        files.compactMap { file in
            do throws(FileFailure) {
                let record = try InputFile(file).read { try SessionRecord(json: $0) }
                let name = FileName.shown(file.split(separator: "/").last.map(String.init) ?? file)
                return record.isSameRecording(as: latest) ? nil : PastSession(of: record, name: name)
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
