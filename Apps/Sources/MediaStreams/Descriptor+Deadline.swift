#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Why a read with a deadline gave nothing.
public enum DeadlineError: Error, Equatable, Sendable {
    /// The deadline has passed.
    case late
    /// The system refused the read; its `errno`.
    case system(Int32)
}

extension Descriptor {
    /// The next `count` bytes, fewer only at the end of the stream; waits for them until `deadline`.
    ///
    /// Memory grows with what comes, not with what is asked for.
    public func read(_ count: Int, until deadline: ContinuousClock.Instant) throws(DeadlineError) -> [UInt8] {
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: min(count, 1 << 20))
        while bytes.count < count {
            let rest = (deadline - .now) / .milliseconds(1)
            guard rest > 0 else { throw .late }
            var request = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
            let ready = poll(&request, 1, Int32(min(rest.rounded(.up), 1e9)))
            if ready < 0 && errno != EINTR { throw .system(errno) }
            guard ready > 0 else { continue }
            let read = systemRead(number, &block, min(block.count, count - bytes.count))
            if read < 0 && errno == EINTR { continue }
            guard read >= 0 else { throw .system(errno) }
            if read == 0 { break }
            bytes += block[..<read]
        }
        return bytes
    }
}

#if canImport(Glibc)
    private let systemRead = Glibc.read
#else
    private let systemRead = Darwin.read
#endif
