import FileNames
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A program that runs beside this one, with a pipe from or to it; what it says on standard error is kept for
/// ``messages``.
///
/// It is a process group of its own, so that Ctrl-C at the terminal ends this process alone, which then ends the child
/// when it has finished with it.
public final class ChildProcess {
    public let program: String
    /// Our end of the pipe.
    public let pipe: Descriptor
    private let identifier: pid_t
    private let collector: MessageCollector
    private var status: Int32?

    /// Which of the child's streams is a pipe; the other is empty.
    public enum Direction: Sendable { case fromOutput, toInput }

    /// Starts `program`, which is looked for on the search path.
    ///
    /// A broken pipe is an error of ``Descriptor/write(_:)`` here and ends the child there: the signal is ignored in
    /// this process and put right in the child.
    ///
    /// - Parameter input: a descriptor of ours that is the child's standard input, where that is no pipe; nil for an empty one.
    public init(
        _ program: String, _ arguments: [String], _ direction: Direction, input: Int32? = nil
    ) throws(MediaError) {
        self.program = program
        signal(SIGPIPE, SIG_IGN)
        var ends: [Int32] = [-1, -1]
        // Neither end may live on in other children: a pipe ends when its last writer does.
        guard ends.withUnsafeMutableBufferPointer({ Self.makePipe($0) }) else {
            throw .notStarted(program: program, reason: SystemReason.words(errno))
        }
        let ours = direction == .fromOutput ? ends[0] : ends[1]
        let theirs = direction == .fromOutput ? ends[1] : ends[0]
        defer { _ = close(theirs) }
        pipe = Descriptor(ours)
        var errorEnds: [Int32] = [-1, -1]
        guard errorEnds.withUnsafeMutableBufferPointer({ Self.makePipe($0) }) else {
            throw .notStarted(program: program, reason: SystemReason.words(errno))
        }
        defer { _ = close(errorEnds[1]) }
        do {
            identifier = try Self.spawn(
                program, arguments, pipe: theirs, direction, input: input, standardError: errorEnds[1])
        } catch {
            _ = close(errorEnds[0])
            throw error
        }
        collector = MessageCollector(errorEnds[0])
        let identifier = identifier
        Self.running.withLock { _ = $0.insert(identifier) }
    }

    deinit { stop() }

    /// Ends the program without caring how it ends.
    public func stop() {
        // Not to be refused, and without a word about the pipe.
        if status == nil { _ = kill(identifier, SIGKILL) }
        pipe.closeNow()
        _ = waitForEnd()
    }

    /// Kills every program that runs, because this process ends at once.
    public static func killAll() {
        running.withLock { for identifier in $0 { _ = kill(identifier, SIGKILL) } }
    }

    private static let running = Mutex<Set<pid_t>>([])

    /// Closes the pipe and waits; throws where the program did not end well.
    public func finish() throws(MediaError) {
        pipe.closeNow()
        let status = waitForEnd()
        guard status == 0 else { throw .failed(program: program, status: status, reason: messages.reason) }
    }

    /// What the program said on standard error; waits for its end.
    public var messages: ProgramMessages {
        _ = waitForEnd()
        return collector.messages()
    }

    /// The exit status, or minus the signal that ended the program.
    public func waitForEnd() -> Int32 {
        if let status { return status }
        var raw: Int32 = 0
        // The number is another process's as soon as it was waited for, so that must not happen behind `killAll`'s back.
        var information = siginfo_t()
        while waitid(P_PID, id_t(identifier), &information, WEXITED | WNOWAIT) < 0 && errno == EINTR {}
        let identifier = identifier
        Self.running.withLock {
            $0.remove(identifier)
            while waitpid(identifier, &raw, 0) < 0 && errno == EINTR {}
        }
        let code = raw & 0x7F == 0 ? (raw >> 8) & 0xFF : -(raw & 0x7F)
        status = code
        return code
    }

    private static func makePipe(_ ends: UnsafeMutableBufferPointer<Int32>) -> Bool {
        guard let start = ends.baseAddress else { return false }
        #if canImport(Glibc)
            guard Glibc.pipe(start) == 0 else { return false }
        #else
            guard Darwin.pipe(start) == 0 else { return false }
        #endif
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return true
    }

    private static func spawn(
        _ program: String, _ arguments: [String], pipe: Int32, _ direction: Direction, input: Int32?,
        standardError: Int32
    ) throws(MediaError) -> pid_t {
        #if canImport(Glibc)
            var actions = posix_spawn_file_actions_t()
            var attributes = posix_spawnattr_t()
        #else
            var actions: posix_spawn_file_actions_t?
            var attributes: posix_spawnattr_t?
        #endif
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        let (used, unused) = direction == .fromOutput ? (STDOUT_FILENO, STDIN_FILENO) : (STDIN_FILENO, STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, pipe, used)
        if let input, direction == .fromOutput {
            posix_spawn_file_actions_adddup2(&actions, input, unused)
        } else {
            posix_spawn_file_actions_addopen(&actions, unused, "/dev/null", O_RDWR, 0)
        }
        posix_spawn_file_actions_adddup2(&actions, standardError, STDERR_FILENO)
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP))

        var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { word in
            FileName.withBytes(word) { strdup($0) }
        }
        words.append(nil)
        defer { for word in words { free(word) } }
        var identifier: pid_t = 0
        let error = posix_spawnp(&identifier, program, &actions, &attributes, words, environ)
        guard error == 0 else {
            throw error == ENOENT
                ? .missingProgram(program) : .notStarted(program: program, reason: SystemReason.words(error))
        }
        return identifier
    }
}
