import Hummingbird

/// The keys that let somebody in, each with the name of its owner, who alone sees the sessions made with it.
public struct APIKeys: Sendable {
    private let keys: [(owner: String, bytes: [UInt8])]

    /// Who everybody is where no key is needed.
    public static let localOwner = "local"
    /// A shorter key could be guessed.
    public static let leastLength = 16
    public static let greatestLength = 512

    /// - Parameter keys: by their owners.
    public init(_ keys: [String: String]) {
        self.keys = keys.sorted { $0.key < $1.key }.map { ($0.key, Array($0.value.utf8)) }
    }

    public var isEmpty: Bool { keys.isEmpty }

    /// Whether the key can stand in a header and in a cookie as it is.
    public static func isUsable(_ key: String) -> Bool { KeyCookie.canHold(key) }

    /// Whose key it is; nil for nobody's.
    ///
    /// The time it takes says nothing of how much of a key is right: every key is compared, each to its end.
    func owner(of key: String) -> String? {
        let given = Array(key.utf8)
        var owner: String?
        for (name, bytes) in keys where Self.areEqual(given, bytes) { owner = name }
        return owner
    }

    /// The owner of the key that the request carries; nil without a valid one.
    func owner(of request: Request) -> String? {
        guard !isEmpty else { return Self.localOwner }
        let authorization = request.headers[.authorization].flatMap { value -> String? in
            let parts = value.split(separator: " ", maxSplits: 1)
            return parts.count == 2 && parts[0].lowercased() == "bearer" ? String(parts[1]) : nil
        }
        return (authorization ?? request.cookies[KeyCookie.name]?.value).flatMap(owner)
    }

    /// Compares without leaving off at the first difference.
    package static func areEqual(_ given: [UInt8], _ key: [UInt8]) -> Bool {
        var difference = given.count ^ key.count
        for index in key.indices {
            difference |= Int(key[index] ^ (given.isEmpty ? 0 : given[index % given.count]))
        }
        return difference == 0 && !key.isEmpty
    }
}

/// The cookie by which the page stays signed in. Scripts cannot read it, and requests from other sites do not carry it.
enum KeyCookie {
    static let name = "emotion_key"

    static func header(_ key: String, isSecure: Bool) -> String {
        "\(name)=\(key); Path=/; HttpOnly; SameSite=Strict" + (isSecure ? "; Secure" : "")
    }

    static let removal = "\(name)=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0"

    /// Whether the key can stand in a cookie as it is: visible ASCII without quotes, commas, semicolons and backslashes.
    static func canHold(_ key: String) -> Bool {
        key.utf8.allSatisfy { (0x21...0x7E).contains($0) && !#"",;\"#.utf8.contains($0) }
    }
}
