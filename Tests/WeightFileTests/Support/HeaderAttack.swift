import Testing

@testable import WeightFile

/// A header that must be refused, and the exact error it must be refused with.
struct HeaderAttack: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let text: [UInt8]
    let payloadByteCount: Int
    let error: WeightError

    init(_ description: String, _ text: String, payload: Int = 0, _ error: WeightError) {
        self.init(description, bytes: Array(text.utf8), payload: payload, error)
    }

    init(_ description: String, bytes: [UInt8], payload: Int = 0, _ error: WeightError) {
        testDescription = description
        text = bytes
        payloadByteCount = payload
        self.error = error
    }

    /// `"a":{"dtype":…,"shape":…,"data_offsets":…}`
    static func entry(_ name: String, _ type: String = "F32", shape: String, offsets: String) -> String {
        "\"\(name)\":{\"dtype\":\"\(type)\",\"shape\":\(shape),\"data_offsets\":\(offsets)}"
    }
}
