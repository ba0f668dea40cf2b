#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

extension FileName {
    /// A path under which libraries that know UTF-8 only can open the file or folder whose text is `text`.
    ///
    /// Its own, or one of the names that the system has for open descriptors; that one stays open to the end of the process.
    /// Where nothing is there it is `text`, which then names nothing.
    public static func openable(_ text: String) -> String {
        guard hasEscapes(text) else { return text }
        let descriptor = withBytes(text) { open($0, O_RDONLY | O_CLOEXEC) }
        return descriptor >= 0 ? "/dev/fd/\(descriptor)" : text
    }
}
