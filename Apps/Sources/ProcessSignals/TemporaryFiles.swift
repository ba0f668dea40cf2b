import FileNames
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Files that are half written and must not outlive the process, however it is asked to end.
public enum TemporaryFiles {
    private struct State {
        var paths: Set<String> = []
        var isClosed = false
    }

    private static let state = Mutex(State())

    /// Notes a file that exists now.
    public static func add(_ path: String) { state.withLock { _ = $0.paths.insert(path) } }

    /// Removes a file.
    public static func remove(_ path: String) {
        state.withLock {
            if $0.paths.remove(path) != nil { unlinkFile(path) }
        }
    }

    /// Gives a file its final name.
    ///
    /// - Returns: nil when it has it, the `errno` otherwise; the file is then no longer temporary and stays where it is.
    public static func rename(_ path: String, to final: String) -> Int32? {
        state.withLock {
            guard !$0.isClosed else { return ECANCELED }
            $0.paths.remove(path)
            let status = FileName.withBytes(path) { old in
                FileName.withBytes(final) { new in systemRename(old, new) }
            }
            return status == 0 ? nil : errno
        }
    }

    /// Removes every file; none gets its final name from now on.
    public static func removeAll() {
        state.withLock {
            $0.isClosed = true
            for path in $0.paths { unlinkFile(path) }
            $0.paths = []
        }
    }

    private static func unlinkFile(_ path: String) { _ = FileName.withBytes(path) { unlink($0) } }
}

#if canImport(Glibc)
    private let systemRename = Glibc.rename
#else
    private let systemRename = Darwin.rename
#endif
