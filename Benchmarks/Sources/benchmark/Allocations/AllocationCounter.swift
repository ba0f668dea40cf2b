#if canImport(Glibc) && (arch(x86_64) || arch(arm64))
    import Glibc
    import Synchronization

    /// Counts how often any code of the process, on any thread, asks the allocator for memory.
    ///
    /// Functions that count are put into the import tables of the program and of all libraries that it has loaded; the C
    /// library itself calls its allocator through such a table too. Before that, and so in every other mode of this
    /// program, nothing is different from a program that never counts. Definitions of `malloc` in the program would do
    /// the same only where the linker exports them, and the compiler keeps that name for itself.
    enum AllocationCounter {
        private static let isCounting = Atomic<Bool>(false)
        private static let calls = Atomic<Int>(0)

        /// To be called once, when everything is loaded that will be.
        static func install() {
            // Made here, should they be made on first use: never within an allocation.
            _ = (isCounting.load(ordering: .relaxed), calls.load(ordering: .relaxed))
            let malloc: @convention(c) (Int) -> UnsafeMutableRawPointer? = { size in
                AllocationCounter.note()
                return libraryMalloc(size)
            }
            let calloc: @convention(c) (Int, Int) -> UnsafeMutableRawPointer? = { count, size in
                AllocationCounter.note()
                return libraryCalloc(count, size)
            }
            let realloc: @convention(c) (UnsafeMutableRawPointer?, Int) -> UnsafeMutableRawPointer? = { old, size in
                AllocationCounter.note()
                return libraryRealloc(old, size)
            }
            let memalign: @convention(c) (Int, Int) -> UnsafeMutableRawPointer? = { alignment, size in
                AllocationCounter.note()
                return libraryMemalign(alignment, size)
            }
            let posixMemalign: @convention(c) (UnsafeMutablePointer<UnsafeMutableRawPointer?>, Int, Int) -> Int32 = {
                result, alignment, size in
                AllocationCounter.note()
                guard let block = libraryMemalign(alignment, size) else { return ENOMEM }
                result.pointee = block
                return 0
            }
            ImportTables.replace([
                "malloc": unsafeBitCast(malloc, to: UnsafeRawPointer.self),
                "calloc": unsafeBitCast(calloc, to: UnsafeRawPointer.self),
                "realloc": unsafeBitCast(realloc, to: UnsafeRawPointer.self),
                "memalign": unsafeBitCast(memalign, to: UnsafeRawPointer.self),
                "aligned_alloc": unsafeBitCast(memalign, to: UnsafeRawPointer.self),
                "posix_memalign": unsafeBitCast(posixMemalign, to: UnsafeRawPointer.self),
            ])
        }

        /// How many allocations happen while `work` runs.
        static func count(_ work: () -> Void) -> Int {
            calls.store(0, ordering: .sequentiallyConsistent)
            isCounting.store(true, ordering: .sequentiallyConsistent)
            work()
            isCounting.store(false, ordering: .sequentiallyConsistent)
            return calls.load(ordering: .sequentiallyConsistent)
        }

        private static func note() {
            if isCounting.load(ordering: .relaxed) { calls.add(1, ordering: .relaxed) }
        }
    }

    // The allocator under the names that no import table of another library asks for.
    @_silgen_name("__libc_malloc")
    private func libraryMalloc(_ size: Int) -> UnsafeMutableRawPointer?
    @_silgen_name("__libc_calloc")
    private func libraryCalloc(_ count: Int, _ size: Int) -> UnsafeMutableRawPointer?
    @_silgen_name("__libc_realloc")
    private func libraryRealloc(_ old: UnsafeMutableRawPointer?, _ size: Int) -> UnsafeMutableRawPointer?
    @_silgen_name("__libc_memalign")
    private func libraryMemalign(_ alignment: Int, _ size: Int) -> UnsafeMutableRawPointer?
#endif
