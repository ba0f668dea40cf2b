#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A thread of a ``WorkerCrew``: what it runs, and with that the crew, is kept alive until it ends.
final class CrewThread {
    private let body: () -> Void

    private init(_ body: @escaping () -> Void) { self.body = body }

    /// Starts a thread, which ``end(_:)`` waits for; nil where the system has no more of them to give.
    static func start(_ body: @escaping () -> Void) -> pthread_t? {
        let entry = Unmanaged.passRetained(CrewThread(body)).toOpaque()
        #if canImport(Darwin)
            var thread: pthread_t?
            let status = pthread_create(&thread, nil, run, entry)
        #else
            var identifier = pthread_t()
            let status = pthread_create(&identifier, nil, { entry in entry.flatMap(CrewThread.run) }, entry)
            let thread: pthread_t? = identifier
        #endif
        guard status == 0 else {
            Unmanaged<CrewThread>.fromOpaque(entry).release()
            return nil
        }
        return thread
    }

    /// Returns when the thread has ended. One that is still leaving while the process exits can free the same memory as
    /// OpenSSL's cleanup, and crash.
    static func end(_ thread: pthread_t) {
        // Whoever drops the last reference to a pool may be one of its own threads, which cannot wait for itself.
        if pthread_equal(thread, pthread_self()) != 0 {
            pthread_detach(thread)
        } else {
            pthread_join(thread, nil)
        }
    }

    private static func run(_ entry: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
        Unmanaged<CrewThread>.fromOpaque(entry).takeRetainedValue().body()
        return nil
    }
}
