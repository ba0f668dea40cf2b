public import PracticeSessions

/// How the service is run, apart from where it listens and keeps its sessions.
public struct ServiceSettings: Sendable {
    /// Whoever has one of these keys is let in; empty where everybody who reaches the service is, on loopback.
    public var keys: APIKeys
    /// Names by which the service may be called (`Host`), without ports; nil for any. A page of a foreign host that makes
    /// its name point to this machine is kept out by it, so it is only nil where keys are needed.
    public var allowedHosts: Set<String>?
    /// Origins (`https://example.org`) whose pages may use the service.
    public var allowedOrigins: Set<String>
    /// Sessions are deleted so many seconds after their last change; nil for never.
    public var retentionSeconds: Double?
    /// The largest body, in bytes.
    public var bodyBytes: Int
    /// Seconds in which a body must have come.
    public var bodySeconds: Double
    /// Bytes of all bodies that are held at one time.
    public var heldBytes: Int
    /// Seconds after which a picture that still waits is given up.
    public var deadlineSeconds: Double
    /// Requests a second of one key, and how many may come at once; nil for no limit.
    public var rate: RateLimiter.Rate?
    public var practice: PracticeLimits

    public init(
        keys: APIKeys = APIKeys([:]), allowedHosts: Set<String>? = nil, allowedOrigins: Set<String> = [],
        retentionSeconds: Double? = nil, bodyBytes: Int = 16 << 20, bodySeconds: Double = 20,
        heldBytes: Int = 256 << 20, deadlineSeconds: Double = 20, rate: RateLimiter.Rate? = nil,
        practice: PracticeLimits = PracticeLimits()
    ) {
        self.keys = keys
        self.allowedHosts = allowedHosts
        self.allowedOrigins = allowedOrigins
        self.retentionSeconds = retentionSeconds
        self.bodyBytes = bodyBytes
        self.bodySeconds = bodySeconds
        self.heldBytes = heldBytes
        self.deadlineSeconds = deadlineSeconds
        self.rate = rate
        self.practice = practice
    }

    /// Limits of single fields, the same for everybody.
    enum Fields {
        static let framesPerRequest = 64
        static let titleCharacters = 200
        static let questionCharacters = 500
        static let textCharacters = 20_000
        /// Room for a text and its question with every character escaped in JSON, at most 12 bytes each.
        static let textBodyBytes = 256 << 10
        static let signInBodyBytes = 4 << 10
        static let dateCharacters = 40
        static let multipartParts = 16
    }
}
