import CCrypto

/// The library that computes digests: OpenSSL's libcrypto.
public enum DigestLibrary {
    /// Name and version as the library tells them, such as `OpenSSL 3.0.17 1 Jul 2025`.
    public static var version: String { String(cString: OpenSSL_version(OPENSSL_VERSION)) }
}
