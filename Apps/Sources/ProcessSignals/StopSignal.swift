import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// SIGINT (Ctrl-C), SIGTERM and SIGHUP: the wish that the process ends.
///
/// At first such a signal ends the process, between two lines of output and without temporary files. Long work that
/// has something to keep asks for an orderly end instead: the first signal is then only noted, for the work to
/// look at between two steps, and a second one ends the process.
///
/// SIGHUP stays ignored where the parent ignores it, as `nohup` does. SIGINT is heard even then: shells ignore it for jobs
/// in the background, and whoever sends it to one means it.
public enum StopSignal {
    private static let isOrderly = Atomic(false)
    private static let first = Atomic<Int32>(0)
    /// Where the handler writes the number of each signal; the watching thread reads them.
    private static let notices = Atomic<Int32>(-1)
    /// Both ends of a pipe that is closed at the first signal, so that whoever waits for data can wait for it too.
    private static let alarm = Atomic<Int32>(-1)
    private static let alarmWriter = Atomic<Int32>(-1)

    /// The signal that asked for the orderly end; nil as long as there was none.
    public static var received: Int32? {
        let signal = first.load(ordering: .acquiring)
        return signal == 0 ? nil : signal
    }

    /// A descriptor that polls as hung up from the first signal on; -1, which `poll` passes over, where nobody listens.
    public static var descriptor: Int32 { alarm.load(ordering: .acquiring) }

    /// Begins to listen; to be called once, before there are other threads to speak of.
    ///
    /// - Parameter end: ends the process because of a signal; called on a thread of its own with what is left to say.
    public static func listen(end: @escaping @Sendable (_ signal: Int32, _ lastWords: String?) -> Never) {
        guard let notice = makePipe(), let alarm = makePipe() else { return }
        notices.store(notice.writer, ordering: .releasing)
        Self.alarm.store(alarm.reader, ordering: .releasing)
        alarmWriter.store(alarm.writer, ordering: .releasing)
        guard WatchingThread.start({ watch(notice.reader, end: end) }) else { return }
        // Programs that start others from threads of their own may leave the signals blocked, for which nobody asked.
        var unblocked = sigset_t()
        sigemptyset(&unblocked)
        for number in [SIGINT, SIGTERM, SIGHUP] {
            sigaddset(&unblocked, number)
            let previous = signal(number, handler)
            if number == SIGHUP, isIgnoring(previous) { signal(number, SIG_IGN) }
        }
        pthread_sigmask(SIG_UNBLOCK, &unblocked, nil)
    }

    /// From now on the first signal only asks for the end, and a second one forces it.
    public static func askForOrderlyEnd() { isOrderly.store(true, ordering: .releasing) }

    /// What is to be told to the person should the end be forced.
    public static func setLastWords(_ text: String?) { lastWords.withLock { $0 = text } }

    private static let lastWords = Mutex<String?>(nil)

    /// The name by which people know a signal.
    public static func name(of signal: Int32) -> String {
        switch signal {
        case SIGINT: "SIGINT"
        case SIGTERM: "SIGTERM"
        case SIGHUP: "SIGHUP"
        default: "signal \(signal)"
        }
    }

    /// Notes the signal with what is allowed at any moment: atomics and `write`.
    private static let handler: @convention(c) (Int32) -> Void = { signal in
        let code = errno
        if isOrderly.load(ordering: .acquiring) {
            _ = first.compareExchange(expected: 0, desired: signal, ordering: .acquiringAndReleasing)
        }
        var byte = UInt8(truncatingIfNeeded: signal)
        _ = write(notices.load(ordering: .acquiring), &byte, 1)
        errno = code
    }

    private static func watch(_ notices: Int32, end: (Int32, String?) -> Never) {
        var since: ContinuousClock.Instant?
        while let signal = next(notices) {
            let words = lastWords.withLock(\.self)
            guard received != nil else { end(signal, words) }
            guard let first = since else {
                since = .now
                _ = close(alarmWriter.load(ordering: .acquiring))
                continue
            }
            // `timeout` and a terminal that closes send a signal twice in one breath, and some send SIGHUP after others;
            // people who are in a hurry do neither.
            if signal != SIGHUP, ContinuousClock.now - first > .milliseconds(100) { end(signal, words) }
        }
    }

    private static func next(_ notices: Int32) -> Int32? {
        var byte: UInt8 = 0
        while true {
            let count = read(notices, &byte, 1)
            if count == 1 { return Int32(byte) }
            guard count < 0, errno == EINTR else { return nil }
        }
    }

    private static func makePipe() -> (reader: Int32, writer: Int32)? {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }

    private static func isIgnoring(_ handler: (@convention(c) (Int32) -> Void)?) -> Bool {
        unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
    }
}

/// A thread that nobody joins.
private final class WatchingThread {
    private let body: () -> Void

    private init(_ body: @escaping () -> Void) { self.body = body }

    /// Whether it started.
    static func start(_ body: @escaping () -> Void) -> Bool {
        let entry = Unmanaged.passRetained(WatchingThread(body)).toOpaque()
        #if canImport(Darwin)
            var thread: pthread_t?
            let status = pthread_create(&thread, nil, { WatchingThread.run($0) }, entry)
            if let thread { pthread_detach(thread) }
        #else
            var thread = pthread_t()
            let status = pthread_create(&thread, nil, { entry in entry.flatMap(WatchingThread.run) }, entry)
            if status == 0 { pthread_detach(thread) }
        #endif
        if status != 0 { Unmanaged<WatchingThread>.fromOpaque(entry).release() }
        return status == 0
    }

    private static func run(_ entry: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
        Unmanaged<WatchingThread>.fromOpaque(entry).takeRetainedValue().body()
        return nil
    }
}
