import HTTPTypes

/// What every reply tells browsers not to do with it, unless its route says otherwise.
enum SafetyHeaders {
    static let all: [(HTTPField.Name, String)] = [
        (.contentSecurityPolicy, "default-src 'none'; frame-ancestors 'none'"),
        (.xContentTypeOptions, "nosniff"),
        (named("Referrer-Policy"), "no-referrer"),
        (named("Cross-Origin-Opener-Policy"), "same-origin"),
        (named("Cross-Origin-Embedder-Policy"), "require-corp"),
        (named("Permissions-Policy"), "camera=(self), microphone=(self), geolocation=()"),
        (.cacheControl, "no-store"),
    ]

    static let requestID = named("X-Request-Id")
    static let resourcePolicy = named("Cross-Origin-Resource-Policy")

    private static func named(_ name: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(name) else { preconditionFailure("\(name) is no name of a header") }
        return name
    }
}
