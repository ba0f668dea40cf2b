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

    /// Starts a thread that nobody joins; nil where the system has no more of them to give.
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
        if let thread { pthread_detach(thread) }
        return thread
    }

    private static func run(_ entry: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
        Unmanaged<CrewThread>.fromOpaque(entry).takeRetainedValue().body()
        return nil
    }
}
