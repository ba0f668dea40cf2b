import Testing

@testable import InterviewAnalysis

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Errors of the libraries below become sentences that name the field.
@Suite struct SessionErrorReasonTests {
    private struct Document: Decodable {
        struct Entry: Decodable {
            let count: Int
            let kind: Kind
        }

        enum Kind: String, Decodable { case one }

        let entries: [Entry]
    }

    @Test(arguments: [
        (#"{}"#, "the field entries is missing"),
        (#"{"entries":[{"kind":"one"}]}"#, "the field entries[0].count is missing"),
        (#"{"entries":[{"count":"1","kind":"one"}]}"#, "the field entries[0].count is not a whole number"),
        (#"{"entries":[{"count":null,"kind":"one"}]}"#, "the field entries[0].count has no value"),
        (#"{"entries":[{"count":1,"kind":"two"}]}"#, "the field entries[0].kind has a value that it cannot have"),
        (#"{"entries":7}"#, "the field entries is not a list"), (#"{"entries":"#, "it is not JSON, or not whole"),
        ("", "it is not JSON, or not whole"), ("null", "it is null, and no object"),
    ])
    func namesTheField(json: String, reason: String) {
        #expect {
            try JSONDecoder().decode(Document.self, from: Data(json.utf8))
        } throws: { error in
            SessionError.reason(for: error) == reason
        }
    }

    @Test func saysWhyAFileIsNotRead() {
        #expect(throws: SessionError.unreadable(path: "/nonexistent/s.json", reason: "there is no such file or folder"))
        {
            try SessionRecord(contentsOf: "/nonexistent/s.json")
        }
        #expect(throws: SessionError.unreadable(path: "/", reason: "it is a folder, not a file")) {
            try SessionRecord(contentsOf: "/")
        }
        #expect(throws: SessionError.malformed(reason: "it is not JSON, or not whole")) {
            try SessionRecord(contentsOf: "/dev/null")
        }
        #expect(throws: SessionError.malformedProfile(reason: "it is not JSON, or not whole")) {
            try RestingFaceProfile(contentsOf: "/dev/null")
        }
    }
}
