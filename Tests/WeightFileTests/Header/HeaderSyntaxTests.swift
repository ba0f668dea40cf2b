import TensorEngine
import Testing

@testable import WeightFile

/// Headers whose text is not the JSON that the format demands.
@Suite struct HeaderSyntaxTests {
    @Test(arguments: HeaderAttack.syntax + HeaderAttack.numbers + HeaderAttack.strings + HeaderAttack.duplicates)
    func refuses(attack: HeaderAttack) {
        #expect(throws: attack.error) {
            try Header(parsing: attack.text, payloadByteCount: attack.payloadByteCount, path: "w")
        }
    }

    @Test func acceptsWhitespaceBetweenTokensAndSpacesBehindTheEnd() throws {
        let text = "{ \"a\" :\n{ \"shape\":\t[ 1 , 2 ] ,\r\"data_offsets\": [0, 8],\"dtype\":\"F32\" } }   "
        let header = try Header(parsing: Array(text.utf8), payloadByteCount: 8, path: "w")
        #expect(
            header.tensors == ["a": TensorEntry(name: "a", type: .float32, shape: [1, 2], span: 0..<8)])
        #expect(header.metadata.isEmpty)
    }

    @Test func resolvesEveryEscape() throws {
        let text = #"{"__metadata__":{"k":"\"\\\/\b\f\n\r\t\u00e9\uD83D\uDE00é"}}"#
        let header = try Header(parsing: Array(text.utf8), payloadByteCount: 0, path: "w")
        #expect(header.metadata == ["k": "\"\\/\u{08}\u{0C}\n\r\té😀é"])
    }
}
