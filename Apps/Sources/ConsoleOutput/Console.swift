import FileNames
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The two output streams of a command: data on standard output, messages on standard error.
public enum Console {
    /// Why standard output took no more of the data.
    public struct OutputFailure: Error, Hashable, CustomStringConvertible {
        /// The system's `errno`.
        public let code: Int32

        /// Whoever read the data has seen enough, as `head` does; that is no fault.
        public var isClosedPipe: Bool { code == EPIPE }

        public var description: String { "cannot write to standard output: " + SystemReason.words(code) }
    }

    /// Held while a line is written.
    private static let output = Mutex<OutputFailure?>(nil)

    /// Writes a line of data to standard output.
    ///
    /// Errors are kept in ``outputFailure``, as C's streams do, and nothing is written after one: data with a hole
    /// would be taken for whole.
    public static func print(_ line: String) { write(line + "\n") }

    /// Writes data to standard output as it is; see ``print(_:)`` for errors.
    public static func write(_ text: String) {
        output.withLock { failure in
            guard failure == nil else { return }
            failure = write(text, to: STDOUT_FILENO)
        }
    }

    /// The first error of writing to standard output; nil as long as everything arrived.
    public static var outputFailure: OutputFailure? { output.withLock { $0 } }

    /// Writes a message for the person at the terminal to standard error.
    ///
    /// Names of files stand in it, and whoever made those may have wanted to talk to the terminal: control characters are
    /// written out, and bytes that are no UTF-8.
    public static func report(_ message: String) {
        let lines = message.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.isEmpty ? "" : FileName.shown(String($0)) }
        _ = write(lines.joined(separator: "\n") + "\n", to: STDERR_FILENO)
    }

    /// Does what ends the process while no line is half written; after a second without such a moment, all the same.
    public static func betweenLines(_ end: () -> Never) -> Never {
        for _ in 0..<1000 {
            output.withLockIfAvailable { _ in end() }
            usleep(1000)
        }
        end()
    }

    /// Whether colour may be used: standard output is a terminal and `NO_COLOR` (no-color.org) is unset.
    public static var showsColor: Bool {
        isatty(STDOUT_FILENO) == 1 && getenv("NO_COLOR") == nil
    }

    /// Writes all bytes at once, so that a line is never mixed with another process's.
    static func write(_ text: String, to descriptor: Int32) -> OutputFailure? {
        var text = text
        return text.withUTF8 { bytes in
            var rest = UnsafeRawBufferPointer(bytes)
            while let start = rest.baseAddress, !rest.isEmpty {
                #if canImport(Glibc)
                    let count = Glibc.write(descriptor, start, rest.count)
                #else
                    let count = Darwin.write(descriptor, start, rest.count)
                #endif
                if count > 0 {
                    rest = UnsafeRawBufferPointer(rebasing: rest[count...])
                } else if count < 0 && errno == EAGAIN {
                    // A pipe that somebody else set to not waiting.
                    var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                    _ = poll(&request, 1, -1)
                } else if count == 0 || errno != EINTR {
                    return OutputFailure(code: count == 0 ? EIO : errno)
                }
            }
            return nil
        }
    }
}
