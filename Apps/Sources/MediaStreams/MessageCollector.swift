import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Reads what a child says on standard error on a thread of its own, so that the child never waits for a reader, and
/// keeps the beginning: a damaged video makes ffmpeg say something for every block.
final class MessageCollector: Sendable {
    private struct State {
        var lines: [String] = []
        var count = 0
        var unfinished: [UInt8] = []
        var hasEnded = false

        mutating func take(_ bytes: ArraySlice<UInt8>) {
            for byte in bytes {
                // ffmpeg ends a line that it writes again and again with a carriage return.
                if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
                    endLine()
                } else if unfinished.count < keptLineBytes {
                    unfinished.append(byte)
                }
            }
        }

        mutating func endLine() {
            guard !unfinished.isEmpty else { return }
            count += 1
            if lines.count < keptLines { lines.append(String(decoding: unfinished, as: UTF8.self)) }
            unfinished.removeAll(keepingCapacity: true)
        }
    }

    private let state = Mutex(State())
    private let childHasEnded = Atomic(false)

    private static let keptLines = 32
    private static let keptLineBytes = 1024
    private static let pollMilliseconds: Int32 = 50

    /// Starts to read from `descriptor`, which is closed at its end.
    init(_ descriptor: Int32) {
        let entry = Unmanaged.passRetained(Reading(collector: self, descriptor: descriptor)).toOpaque()
        #if canImport(Darwin)
            var thread: pthread_t?
            let status = pthread_create(&thread, nil, { Reading.run($0) }, entry)
            if let thread { pthread_detach(thread) }
        #else
            var thread = pthread_t()
            let status = pthread_create(&thread, nil, { entry in entry.flatMap(Reading.run) }, entry)
            if status == 0 { pthread_detach(thread) }
        #endif
        guard status != 0 else { return }
        // Without a thread the child must not wait either: whatever it says is lost.
        Unmanaged<Reading>.fromOpaque(entry).release()
        _ = close(descriptor)
        state.withLock { $0.hasEnded = true }
    }

    /// Everything the child said; to be called when it has ended.
    ///
    /// A process that the child left behind may hold its standard error open; what that says is not waited for.
    func messages() -> ProgramMessages {
        childHasEnded.store(true, ordering: .releasing)
        while !state.withLock({ $0.hasEnded }) { usleep(1_000) }
        return state.withLock { ProgramMessages(lines: $0.lines, count: $0.count) }
    }

    private func read(from descriptor: Int32) {
        var block = [UInt8](repeating: 0, count: 4096)
        while true {
            var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let ended = childHasEnded.load(ordering: .acquiring)
            let ready = poll(&request, 1, ended ? 0 : Self.pollMilliseconds)
            if ready < 0 && errno == EINTR { continue }
            if ready == 0 && !ended { continue }
            guard ready > 0 else { break }
            let count = systemRead(descriptor, &block, block.count)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { break }
            state.withLock { $0.take(block[..<count]) }
        }
        _ = close(descriptor)
        state.withLock {
            $0.endLine()
            $0.hasEnded = true
        }
    }

    /// What the thread gets.
    private final class Reading {
        let collector: MessageCollector
        let descriptor: Int32

        init(collector: MessageCollector, descriptor: Int32) {
            self.collector = collector
            self.descriptor = descriptor
        }

        static func run(_ entry: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
            let reading = Unmanaged<Reading>.fromOpaque(entry).takeRetainedValue()
            reading.collector.read(from: reading.descriptor)
            return nil
        }
    }
}

#if canImport(Glibc)
    private let systemRead = Glibc.read
#else
    private let systemRead = Darwin.read
#endif
