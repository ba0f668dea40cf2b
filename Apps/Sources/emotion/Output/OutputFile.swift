import ConsoleOutput
import FileNames
import ProcessSignals

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A file that a command writes whole, opened before the work so that a bad path costs no work.
///
/// A file on a disk is written beside its final name and renamed, so that a run that fails leaves the old one as it was
/// and nobody ever reads half of it. A link stays, and the file it leads to is replaced. Pipes, devices and
/// standard output (`-`), which hold nothing that could be lost, are written to directly.
final class OutputFile {
    /// As the user named it.
    let path: String
    private let place: Place
    private var isDone = false

    private enum Place {
        case replacement(temporary: String, descriptor: Int32, final: String)
        /// A pipe or a device, opened when there is something to write: a pipe that nobody reads would stop the work.
        case stream(String)
        case descriptor(Int32)
    }

    /// Opens the output.
    ///
    /// - Throws: ``OutputError`` where nothing can be written there.
    init(_ path: String) throws(OutputError) {
        self.path = path
        do throws(Errno) {
            place = try Self.place(for: path)
        } catch {
            throw OutputError(path: path, isLost: false, reason: Self.reason(error, for: path))
        }
    }

    deinit {
        if !isDone { discard() }
    }

    /// Whether this is the command's standard output.
    var isStandardOutput: Bool {
        if case .descriptor(STDOUT_FILENO) = place { true } else { false }
    }

    /// Writes the whole content and gives it its name.
    func write(_ text: String) throws(OutputError) {
        if isStandardOutput {
            isDone = true
            // Errors are those of the whole command; see `Console.outputFailure`.
            return Console.write(text.isEmpty || text.hasSuffix("\n") ? text : text + "\n")
        }
        try write([UInt8](text.utf8))
    }

    /// Writes the whole content and gives it its name.
    func write(_ bytes: [UInt8]) throws(OutputError) {
        do throws(Errno) {
            switch place {
            case .replacement(_, let descriptor, _): try Self.write(bytes, to: descriptor)
            case .descriptor(let descriptor): try Self.write(bytes, to: descriptor)
            case .stream(let path):
                let descriptor = FileName.withBytes(path) { open($0, O_WRONLY | O_CLOEXEC | O_NOCTTY) }
                guard descriptor >= 0 else { throw Errno(code: errno) }
                defer { _ = close(descriptor) }
                try Self.write(bytes, to: descriptor)
            }
        } catch {
            throw OutputError(path: path, isLost: true, reason: error.description)
        }
        try commit()
    }

    /// Where another program is to write the content before ``commit()``; whether it can go back in it.
    ///
    /// - Throws: ``OutputError`` for standard output and other open descriptors, which a child does not have.
    func pathForChild() throws(OutputError) -> (path: String, isSeekable: Bool) {
        switch place {
        case .replacement(let temporary, _, _): return (temporary, true)
        case .stream(let path): return (path, false)
        case .descriptor: throw OutputError(path: path, isLost: false, reason: "it must be a file or a named pipe")
        }
    }

    /// Gives the content its final name, when all of it is on the disk.
    func commit() throws(OutputError) {
        guard !isDone, case .replacement(let temporary, let descriptor, let final) = place else { return }
        isDone = true
        // Delayed errors, such as a full disk on a network, come out here at the latest.
        let code = fsync(descriptor) == 0 ? nil : errno
        let closed = close(descriptor) == 0 ? nil : errno
        if let code = code ?? closed {
            TemporaryFiles.remove(temporary)
            throw OutputError(path: path, isLost: true, reason: Errno(code: code).description)
        }
        if let code = TemporaryFiles.rename(temporary, to: final) {
            let reason = Errno(code: code).description + "; its content is in " + FileName.shown(temporary)
            throw OutputError(path: path, isLost: true, reason: reason)
        }
    }

    /// Leaves everything as it was.
    func discard() {
        isDone = true
        guard case .replacement(let temporary, let descriptor, _) = place else { return }
        _ = close(descriptor)
        TemporaryFiles.remove(temporary)
    }

    // MARK: Opening

    private static func place(for path: String) throws(Errno) -> Place {
        guard path != "-" else { return .descriptor(STDOUT_FILENO) }
        switch try LinkTarget.of(path).get() {
        case .descriptor(let number):
            let flags = fcntl(number, F_GETFL)
            guard flags >= 0 else { throw Errno(code: errno) }
            guard flags & O_ACCMODE != O_RDONLY else { throw Errno(code: EBADF) }
            return .descriptor(number)
        case .path(let final):
            var status = stat()
            guard FileName.withBytes(final, { stat($0, &status) }) == 0 else {
                guard errno == ENOENT else { throw Errno(code: errno) }
                return try replacement(of: final, like: nil)
            }
            switch status.st_mode & S_IFMT {
            case S_IFDIR: throw Errno(code: EISDIR)
            case S_IFBLK, S_IFSOCK: throw Errno(code: EINVAL)
            default: break
            }
            // A file that is protected against writing is not replaced either, although its folder would allow that.
            guard FileName.withBytes(final, { access($0, W_OK) }) == 0 else { throw Errno(code: errno) }
            return status.st_mode & S_IFMT == S_IFREG ? try replacement(of: final, like: status) : .stream(final)
        }
    }

    /// Makes an empty file beside `final`, with the rights that a new file gets or that the old one has.
    private static func replacement(of final: String, like old: stat?) throws(Errno) -> Place {
        let (folder, name) = LinkTarget.parts(of: final)
        guard !name.isEmpty else { throw Errno(code: final.isEmpty ? ENOENT : EISDIR) }
        while true {
            let suffix = String(UInt32.random(in: 0...UInt32.max), radix: 36) + ".partial"
            // File systems allow 255 bytes for a name.
            let temporary = folder + "/." + FileName.text(Array(FileName.bytes(name).prefix(200))) + "." + suffix
            let mode = old.map { $0.st_mode & 0o777 } ?? 0o666
            let descriptor = FileName.withBytes(temporary) { open($0, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode) }
            if descriptor < 0 && errno == EEXIST { continue }
            guard descriptor >= 0 else { throw Errno(code: errno) }
            TemporaryFiles.add(temporary)
            if let old {
                // Only root may give files away; whoever cannot keeps them.
                _ = fchown(descriptor, old.st_uid, old.st_gid)
                _ = fchmod(descriptor, old.st_mode & 0o777)
            }
            return .replacement(temporary: temporary, descriptor: descriptor, final: final)
        }
    }

    /// In words for people, with the folder where that is what is wrong.
    private static func reason(_ error: Errno, for path: String) -> String {
        let folder = LinkTarget.parts(of: path).folder
        switch error.code {
        case ENOENT where path.isEmpty: return "a file needs a name"
        case ENOENT where FileName.withBytes(folder) { access($0, F_OK) } != 0:
            return "there is no folder \(FileName.shown(folder))"
        case ENOENT: return "no file can be made in \(FileName.shown(folder)); choose another place"
        case EACCES, EPERM: return "permission denied; choose another place, or allow writing it and its folder"
        case EISDIR: return "it is a folder, not a file"
        case EINVAL: return "it is neither a file nor a pipe"
        case EBADF: return "it is not open for writing"
        default: return error.description
        }
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) throws(Errno) {
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                systemWrite(descriptor, buffer.baseAddress?.advanced(by: done), buffer.count - done)
            }
            if count > 0 {
                done += count
            } else if count == 0 || errno != EINTR {
                throw Errno(code: count == 0 ? EIO : errno)
            }
        }
    }
}

private let systemWrite = write

/// Why an output cannot be written, or was not.
struct OutputError: Error, CustomStringConvertible {
    let path: String
    /// Whether there was content for it, which is missing now.
    let isLost: Bool
    let reason: String

    var description: String { "\(FileName.shown(path)) \(isLost ? "was not" : "cannot be") written: \(reason)" }
}
