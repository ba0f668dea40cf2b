#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Pages that hold finished machine code; given back when the last kernel that lives in them is gone.
///
/// The pages are writable while the code is copied in and executable afterwards, never both.
package final class ExecutableMemory: Sendable {
    private nonisolated(unsafe) let base: UnsafeMutableRawPointer
    private let byteCount: Int

    /// Nil where the system refuses to make pages executable; the portable kernels serve then.
    init?(_ code: [UInt8]) {
        let page = Int(sysconf(Int32(_SC_PAGESIZE)))
        let byteCount = max(code.count + page - 1, page) / page * page
        #if canImport(Darwin)
            let anonymous = MAP_ANON
        #else
            let anonymous = MAP_ANONYMOUS
        #endif
        guard let base = mmap(nil, byteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | anonymous, -1, 0),
            base != MAP_FAILED
        else { return nil }
        base.copyMemory(from: code, byteCount: code.count)
        guard mprotect(base, byteCount, PROT_READ | PROT_EXEC) == 0 else {
            munmap(base, byteCount)
            return nil
        }
        self.base = base
        self.byteCount = byteCount
    }

    deinit { munmap(base, byteCount) }

    /// Whether the system lets this process execute memory that it has written.
    package static let isAllowed = ExecutableMemory([]) != nil

    /// The address of the code's byte at `offset`.
    func entry(at offset: Int) -> UnsafeRawPointer { UnsafeRawPointer(base + offset) }
}

/// The signature of every compiled kernel: one pointer to its arguments, in `rdi` by the System V convention.
typealias MachineFunction = @convention(c) (UnsafeRawPointer) -> Void

extension ExecutableMemory {
    /// The code from `offset` on as a function. Valid as long as this memory lives.
    func function(at offset: Int) -> MachineFunction {
        unsafeBitCast(entry(at: offset), to: MachineFunction.self)
    }
}
