import CCrypto

/// SHA-256 of a payload, by OpenSSL because it uses the processor's own SHA instructions where there are any.
enum PayloadDigest {
    /// The metadata key that holds the digest.
    static let metadataKey = "sha256"

    /// The digest as 64 lower-case hexadecimal digits, nil when the library refuses.
    static func hexadecimal(of bytes: UnsafeRawBufferPointer) -> String? {
        var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
        var byteCount: UInt32 = 0
        let succeeded = EVP_Digest(bytes.baseAddress, bytes.count, &digest, &byteCount, EVP_sha256(), nil)
        guard succeeded == 1, Int(byteCount) == digest.count else { return nil }
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// Whether `text` has the form of a digest: 64 lower-case hexadecimal digits.
    static func isWellFormed(_ text: String) -> Bool {
        text.utf8.count == 2 * Int(SHA256_DIGEST_LENGTH)
            && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}
