import FileNames
import ProcessSignals

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// One end of a pipe or an open file, closed with its last reference.
///
/// Reads and writes wait, which is all the flow control that a chain of processes needs: whoever is slow slows the rest
/// and nothing piles up.
public final class Descriptor {
    private(set) var number: Int32

    /// Takes over an open descriptor.
    public init(_ number: Int32) { self.number = number }

    deinit { closeNow() }

    /// Standard input of this process.
    public static var standardInput: Descriptor { Descriptor(dup(STDIN_FILENO)) }

    /// Opens a file for reading.
    public static func reading(_ path: String) throws(MediaError) -> Descriptor {
        let number = FileName.withBytes(path) { open($0, O_RDONLY | O_CLOEXEC) }
        guard number >= 0 else { throw .unreadable(path: path, reason: SystemReason.words(errno)) }
        return Descriptor(number)
    }

    /// Says to the other side that nothing more comes.
    public func closeNow() {
        if number >= 0 { _ = close(number) }
        number = -1
    }

    /// Fills `bytes`; returns how many there were, fewer only at the end of the stream or after a ``StopSignal``.
    public func read(into bytes: inout [UInt8]) throws(MediaError) -> Int {
        var done = 0
        while done < bytes.count, waitsForData() {
            let count = bytes.withUnsafeMutableBytes { buffer in
                guard let start = buffer.baseAddress else { return 0 }
                #if canImport(Glibc)
                    return Glibc.read(number, start + done, buffer.count - done)
                #else
                    return Darwin.read(number, start + done, buffer.count - done)
                #endif
            }
            if count == 0 { break }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw .malformedStream(reason: SystemReason.words(errno)) }
            done += count
        }
        return done
    }

    /// Waits until something can be read; false where the process is to end first.
    private func waitsForData() -> Bool {
        var requests = [
            pollfd(fd: number, events: Int16(POLLIN), revents: 0),
            pollfd(fd: StopSignal.descriptor, events: 0, revents: 0),
        ]
        while poll(&requests, 2, -1) < 0 {
            // Where waiting is impossible reading tells why.
            guard errno == EINTR else { return true }
        }
        return requests[1].revents == 0
    }

    /// All that comes until the stream ends.
    public func readToEnd(atMost limit: Int) throws(MediaError) -> [UInt8] {
        var (all, block) = ([UInt8](), [UInt8](repeating: 0, count: 1 << 16))
        while true {
            let count = try read(into: &block)
            all += block[..<count]
            guard count == block.count else { return all }
            guard all.count < limit else { throw .malformedStream(reason: "more than \(limit) bytes") }
        }
    }

    /// Writes all of `bytes`.
    public func write(_ bytes: [UInt8]) throws(MediaError) {
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                guard let start = buffer.baseAddress else { return 0 }
                #if canImport(Glibc)
                    return Glibc.write(number, start + done, buffer.count - done)
                #else
                    return Darwin.write(number, start + done, buffer.count - done)
                #endif
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw .unwritable(reason: SystemReason.words(errno)) }
            done += count
        }
    }
}
