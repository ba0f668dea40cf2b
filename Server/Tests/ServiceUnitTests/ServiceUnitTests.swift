import CoreMetrics
import Foundation
import PrometheusMetrics
import ReplyJSON
import ServiceRoutes
import SessionStore
import Testing

struct MultipartFormTests {
    private func form(_ text: String, boundary: String = "B") throws -> MultipartForm {
        try MultipartForm(Array(text.utf8), boundary: boundary)
    }

    @Test func partsKeepTheirBytesAndNames() throws {
        let form = try form(
            "preamble\r\n--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--x\r\n2\r\n--B\r\n"
                + "content-disposition: form-data; filename=\"q\\\"; z\"; name=b\r\nContent-Type: image/PNG; a=b\r\n\r\n\r\n"
                + "--B--\r\nepilogue")
        #expect(form.parts.map(\.name) == ["a", "b"])
        #expect(form.parts.map { String(decoding: $0.content, as: UTF8.self) } == ["1\r\n--x\r\n2", ""])
        #expect(form.parts.map(\.isFile) == [false, true])
        #expect(form.parts[1].contentType == "image/png")
    }

    @Test(arguments: [
        "", "--B", "--Bx--", "--B\r\n", "--B\r\n\r\n", "--B\r\nno header\r\n\r\nx\r\n--B--",
        "--B\r\nContent-Disposition: form-data\r\n\r\nx\r\n--B--",
        "--B\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\nx\r\n--B--",
        "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--B",
        "--B\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Transfer-Encoding: base64\r\n\r\nx\r\n--B--",
    ]) func brokenFormsAreRefused(text: String) {
        #expect(throws: Problem.self) { try form(text) }
    }

    @Test func everyCutOfAFormIsRefusedOrWhole() throws {
        let text = "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nvalue\r\n--B--\r\n"
        for count in 0..<text.utf8.count {
            let cut = Array(text.utf8.prefix(count))
            if let form = try? MultipartForm(cut, boundary: "B") { #expect(form.parts.count == 1) }
        }
    }
}

struct KeyTests {
    @Test func onlyWholeKeysAreEqual() {
        let key = Array("0123456789abcdef".utf8)
        #expect(APIKeys.areEqual(key, key))
        for given in [
            "", "0", "0123456789abcde", "0123456789abcdef0", "0123456789abcdefo123456789abcdef", "x123456789abcdef",
        ] {
            #expect(!APIKeys.areEqual(Array(given.utf8), key))
        }
        #expect(!APIKeys.areEqual([], []))
        // A given key that repeats the right one is not the right one.
        #expect(
            !APIKeys.areEqual(key + key, key)
                && !APIKeys.areEqual(Array(key.prefix(8)), Array(key.prefix(8) + key.prefix(8))))
    }

    @Test func bucketsFillAgain() {
        let limiter = RateLimiter(.init(perSecond: 2, burst: 3))
        let begin = ContinuousClock.now
        #expect((0..<3).allSatisfy { _ in limiter.take("a", at: begin) == nil })
        #expect(limiter.take("a", at: begin) == 0.5)
        #expect(limiter.take("b", at: begin) == nil)
        #expect(limiter.take("a", at: begin + .milliseconds(500)) == nil)
        #expect(limiter.take("a", at: begin + .milliseconds(600)) != nil)
        // However long the rest: no more than the burst.
        let later = begin + .seconds(1_000)
        #expect((0..<5).filter { _ in limiter.take("a", at: later) == nil }.count == 3)
    }
}

struct JSONValueTests {
    @Test func everythingIsEscapedAndNothingIsLeftOut() throws {
        let value: JSONValue = [
            "text": "a\"\\\n\u{1}é\u{2028}", "none": .null,
            "numbers": .array([.number(0.1), .number(.nan), .number(1e300), 7]),
            "rounded": .rounded(1 / 3, digits: 3), "written": .written(Array("{}".utf8)),
        ]
        let read = try #require(try JSONSerialization.jsonObject(with: Data(value.bytes)) as? [String: Any])
        #expect(read["text"] as? String == "a\"\\\n\u{1}é\u{2028}")
        #expect(read["none"] is NSNull)
        #expect((read["numbers"] as? [Any])?[1] is NSNull)
        #expect(read["rounded"] as? Double == 0.333)
        #expect((read["written"] as? [String: Any])?.isEmpty == true)
    }
}

struct PrometheusTests {
    @Test func seriesBecomeLines() {
        let registry = PrometheusRegistry()
        registry.makeCounter(label: "hits", dimensions: [("route", "a\"b\\\n")]).increment(by: 2)
        registry.makeCounter(label: "hits", dimensions: [("route", "a\"b\\\n")]).increment(by: 1)
        registry.makeTimer(label: "time.seconds", dimensions: []).recordNanoseconds(20_000_000)
        registry.makeRecorder(label: "depth", dimensions: [], aggregate: false).record(Int64(4))
        let lines = registry.text.split(separator: "\n").map(String.init)
        #expect(lines.contains(#"hits{route="a\"b\\\n"} 3"#))
        #expect(lines.contains("# TYPE time_seconds histogram"))
        #expect(
            lines.contains(#"time_seconds_bucket{le="0.01"} 0"#)
                && lines.contains(#"time_seconds_bucket{le="0.025"} 1"#))
        #expect(lines.contains("time_seconds_sum 0.02") && lines.contains("time_seconds_count 1"))
        #expect(lines.contains("depth 4.0"))
    }
}
