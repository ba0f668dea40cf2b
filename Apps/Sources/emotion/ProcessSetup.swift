import TensorEngine

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What a command wants otherwise than the libraries it runs on expect: most are over within a tenth of a second, and the
/// others free what they allocate again for the next frame.
enum ProcessSetup {
    /// To be called before anything else.
    static func prepare() {
        openStandardStreams()
        ignoreWriteSignals()
        endMatrixLibraryThreads()
        keepFreedMemory()
    }

    /// Takes the numbers of standard streams that the caller closed, so that no file gets them and is written to as if it
    /// were standard output. Reading and writing them still fails.
    private static func openStandardStreams() {
        for number in STDIN_FILENO...STDERR_FILENO where fcntl(number, F_GETFD) < 0 {
            _ = open("/dev/null", number == STDIN_FILENO ? O_WRONLY : O_RDONLY)
        }
    }

    /// Lets a closed pipe and a file that grew too large be errors of `write`, which are handled, instead of signals that
    /// end the process with other outputs unwritten.
    private static func ignoreWriteSignals() {
        for number in [SIGPIPE, SIGXFSZ] { signal(number, SIG_IGN) }
    }

    /// Ends the threads that OpenBLAS starts as it is loaded, one for each further processor. They would look for work,
    /// which they never get, for a tenth of a second before they go to sleep.
    ///
    /// Only whoever owns the process may do so, and only while nobody multiplies. Libraries without the function, which
    /// no header declares, keep their threads.
    private static func endMatrixLibraryThreads() {
        // Asked for its threads, the engine holds OpenBLAS to one; done afterwards, that would start them again.
        guard MatrixLibrary.threads == 1, let shutdown = dlsym(nil, "blas_thread_shutdown_") else { return }
        _ = unsafeBitCast(shutdown, to: (@convention(c) () -> CInt).self)()
    }

    /// Keeps freed memory for what is allocated next: giving it back costs a page fault for every 4 KiB that is used again.
    ///
    /// Nothing where the C library is not glibc, whose `malloc.h` Swift's module of it leaves out.
    private static func keepFreedMemory() {
        #if canImport(Glibc)
            guard let function = dlsym(nil, "mallopt") else { return }
            let mallopt = unsafeBitCast(function, to: (@convention(c) (CInt, CInt) -> CInt).self)
            for (parameter, byteCount) in MallocParameter.settings { _ = mallopt(parameter, byteCount) }
        #endif
    }
}

/// Parameters of glibc's `mallopt` by the numbers of its `malloc.h`, which are part of its binary interface.
private enum MallocParameter {
    private static let trimThreshold: CInt = -1
    private static let topPad: CInt = -2
    private static let mmapThreshold: CInt = -3

    /// More than the largest tensor comes from the heap, which grows by some megabytes at a time and does not shrink.
    static let settings = [(mmapThreshold, 32 << 20), (trimThreshold, 128 << 20), (topPad, CInt(8 << 20))]
}
