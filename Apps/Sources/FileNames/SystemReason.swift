#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Why a call of the system failed, in words that say what to do where that is known.
public enum SystemReason {
    /// The words for an `errno`.
    public static func words(_ code: Int32) -> String {
        switch code {
        case ENOENT: "there is no such file or folder"
        case ENOTDIR: "a part of the path is a file, not a folder"
        case EISDIR: "it is a folder, not a file"
        case EACCES, EPERM: "permission denied; allow this user to read or write it"
        case EROFS: "the disk is read-only; write elsewhere"
        case ENOSPC: "the disk is full; free some space or write elsewhere"
        case EDQUOT: "this user's share of the disk is used up; free some space or write elsewhere"
        case ENAMETOOLONG: "the name is too long"
        case ELOOP: "its links lead in a circle"
        case EMFILE, ENFILE: "too many files are open"
        case EBUSY: "another program is using it; close that and try again"
        case EFBIG: "the file would be larger than the disk or a limit allows"
        case EIO: "the disk or device failed to read or write it"
        case ENOMEM: "there is not enough memory"
        default: String(cString: strerror(code))
        }
    }
}
