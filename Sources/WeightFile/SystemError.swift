#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The system's reasons in words.
enum SystemError {
    /// - Parameter code: an `errno`.
    static func words(_ code: Int32) -> String {
        switch code {
        case ENOENT: "there is no such file"
        case EACCES, EPERM: "permission denied"
        case ENOSPC: "the disk is full"
        default: String(cString: strerror(code))
        }
    }
}
