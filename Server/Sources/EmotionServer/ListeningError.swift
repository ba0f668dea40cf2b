import NIOCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Why the service cannot listen where it was told to.
struct ListeningError: Error, CustomStringConvertible {
    let description: String

    init(_ error: IOError, host: String, port: Int) {
        description =
            switch error.errnoCode {
            case EADDRINUSE: "port \(port) is in use; name another one with --port."
            case EADDRNOTAVAIL: "\(host) is no address of this machine."
            case EACCES: "this user may not listen on port \(port); name one of 1024 and above with --port."
            default: "\(error)"
            }
    }
}
