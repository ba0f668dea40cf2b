import Foundation
import Testing

struct FacialRouteTests {
    @Test func aLargeProgressivePictureIsRefusedBeforeItIsDecoded() throws {
        let server = try ServerProcess()
        let fixture = Pictures.repository.appendingPathComponent("Tests/ImageCodecsTests/Fixtures/progressive.jpg")
        var bytes = [UInt8](try Data(contentsOf: fixture))
        let header = try #require((0..<bytes.count - 1).first { bytes[$0] == 0xFF && bytes[$0 + 1] == 0xC2 })
        // As many pixels as any other picture may have, all of whose coefficients would be held at once.
        for place in [header + 5, header + 7] { (bytes[place], bytes[place + 1]) = (0x1F, 0xFE) }
        let reply = try server.post(picture: bytes, to: "/analyze/facial")
        #expect(reply.status == 413 && reply.code == "picture_too_large", "\(reply.text)")
    }

    @Test func repliesAreThoseOfTheLibraryAndSayMore() throws {
        let server = try ServerProcess()
        let reply = try server.request(
            "POST", "/analyze/facial", headers: ["Content-Type": "image/png"], body: Pictures.astronaut)
        #expect(reply.status == 200)
        let json = reply.json
        #expect(json["image_size"] as? [Int] == [512, 512])
        #expect(json["detection_stage"] as? String == "mtcnn")
        #expect(json["uncertain"] as? Bool == false)
        let faces = try #require(json["faces"] as? [[String: Any]])
        #expect(faces.count == 1)
        #expect(Set(faces[0].keys).isSuperset(of: ["landmarks", "quality", "detection_score", "detection_stage"]))
        let quality = try #require(json["quality"] as? [String: Any])
        #expect(quality["good_enough"] as? Bool == true)
        let framing = try #require(json["framing"] as? [String: Any])
        #expect(framing["hints"] is [String])
        let model = try #require(json["model"] as? [String: Any])
        #expect((model["sha256"] as? String)?.count == 64)
        #expect((json["timings_ms"] as? [String: Double])?["total"] ?? 0 > 0)
        for (name, value) in [
            ("content-type", "application/json"), ("cache-control", "no-store"), ("x-content-type-options", "nosniff"),
            ("cross-origin-resource-policy", "same-origin"), ("cross-origin-opener-policy", "same-origin"),
        ] { #expect(reply.headers[name] == value) }
        #expect(reply.headers["content-security-policy"]?.hasPrefix("default-src 'none'") == true)
    }

    @Test func nobodyFallsBackToTheMiddleAndThenToNeutral() throws {
        let server = try ServerProcess()
        let middle = try server.post(picture: try Pictures.empty(), to: "/analyze/facial").json
        #expect(middle["face_detected"] as? Bool == false)
        #expect(middle["detection_stage"] as? String == "center_region")
        #expect(middle["framing"] is NSNull)
        let tiny = try server.post(picture: try Pictures.empty(side: 8), to: "/analyze/facial").json
        #expect(tiny["success"] as? Bool == true)
        #expect(tiny["face_detected"] as? Bool == false)
        #expect(tiny["detection_stage"] as? String == "picture_too_small")
        #expect(tiny["dominant_emotion"] as? String == "neutral")
        #expect(tiny["confidence"] as? Double == 0.25)
        #expect(tiny["uncertain"] as? Bool == true)
    }

    @Test func everyFaultOfAPictureHasItsStatusAndCode() throws {
        let server = try ServerProcess()
        let jpeg = try Pictures.webcam()
        let gif = Array("GIF89a".utf8) + [UInt8](repeating: 0, count: 40)
        // A header of a picture of 60,000 × 60,000 pixels, and nothing after it.
        let enormous = Array(Data(base64Encoded: "iVBORw0KGgoAAAANSUhEUgAA6mAAAOpgCAIAAAAPsOIV") ?? Data())
        let cases: [(picture: [UInt8], status: Int, code: String)] = [
            ([], 422, "empty_picture"), (gif, 422, "unsupported_format"),
            (Array("no picture".utf8), 422, "unsupported_format"), (enormous, 413, "picture_too_large"),
            (Array(jpeg.prefix(300)), 422, "truncated_picture"),
        ]
        for (picture, status, code) in cases {
            let raw = try server.post(picture: picture, to: "/analyze/facial")
            #expect(raw.status == status && raw.code == code, "\(raw.text)")
            let wrapped = try server.post("/analyze/facial", ["image": Pictures.base64(picture)])
            #expect(wrapped.status == status && wrapped.code == code, "\(wrapped.text)")
        }
        let bodies: [(String, Int, String)] = [
            ("", 400, "malformed_json"), ("{", 400, "malformed_json"), ("[]", 422, "invalid_field"),
            ("{}", 422, "missing_field"), (#"{"image": null}"#, 422, "invalid_field"),
            (#"{"image": 7}"#, 422, "invalid_field"), (#"{"image": "/etc/passwd"}"#, 422, "invalid_base64"),
            (#"{"image": "http://localhost/a.jpg"}"#, 422, "invalid_base64"),
            (#"{"image": "file:///etc/passwd"}"#, 422, "invalid_base64"),
            (#"{"image": "data:image/jpeg,abc"}"#, 422, "invalid_base64"),
            (#"{"image": "data:image/jpeg;base64,"}"#, 422, "empty_picture"),
        ]
        for (body, status, code) in bodies {
            let reply = try server.request(
                "POST", "/analyze/facial", headers: ["Content-Type": "application/json"], body: Array(body.utf8))
            #expect(reply.status == status && reply.code == code, "\(body): \(reply.status) \(reply.text)")
            #expect(reply.json["status"] as? Int == status)
            #expect(reply.json["request_id"] as? String == reply.headers["x-request-id"])
        }
        #expect(try server.request("POST", "/analyze/facial", body: jpeg).code == "unsupported_media_type")
        #expect(try server.post(picture: jpeg, to: "/analyze/facial").status == 200)
    }

    @Test func emptyFieldsOfAFormAreMissing() throws {
        let server = try ServerProcess()
        func send(_ picture: [UInt8], _ text: String) throws -> HTTPReply {
            // As browsers send a form of which not every field was filled in.
            let body = Pictures.form([
                (#"name="image"; filename="\#(picture.isEmpty ? "" : "a.jpg")""#, picture),
                (#"name="audio"; filename="""#, []), (#"name="text""#, Array(text.utf8)), (#"name="question""#, []),
            ])
            return try server.request(
                "POST", "/analyze/multimodal", headers: ["Content-Type": "multipart/form-data; boundary=XyZ"],
                body: body)
        }
        let answer = "In my last position I led a team of five people, and we finished the project on time."
        for (picture, text) in [(try Pictures.webcam(), ""), ([], answer), (try Pictures.webcam(), answer)] {
            let reply = try send(picture, text)
            #expect(reply.status == 200, "\(reply.text)")
            #expect(reply.json["unavailable"] as? [String] == [])
            #expect(
                (reply.json["facial"] is NSNull) == picture.isEmpty && (reply.json["text"] is NSNull) == text.isEmpty)
            #expect(reply.json["voice"] is NSNull)
        }
        #expect(try send([], "").code == "missing_field")
    }

    @Test func formsTakeFilesAndTexts() throws {
        let server = try ServerProcess()
        let jpeg = try Pictures.webcam()
        func send(_ body: [UInt8], boundary: String = "XyZ") throws -> HTTPReply {
            try server.request(
                "POST", "/analyze/facial", headers: ["Content-Type": "multipart/form-data; boundary=\"\(boundary)\""],
                body: body)
        }
        let file = #"name="image"; filename="a.jpg""#
        #expect(try send(Pictures.form([(file, jpeg)])).status == 200)
        let text = Array("data:image/jpeg;base64,\(Pictures.base64(jpeg))".utf8)
        #expect(try send(Pictures.form([(#"name="image""#, text)])).status == 200)
        #expect(try send(Pictures.form([(#"name="other""#, jpeg)])).code == "missing_field")
        #expect(try send(Pictures.form([(file, jpeg), (file, jpeg)])).code == "malformed_multipart")
        #expect(try send(Pictures.form([(file, jpeg)]).dropLast(20)).code == "malformed_multipart")
        #expect(try send(Pictures.form([(file, jpeg)]), boundary: "another").code == "malformed_multipart")
        let many = (0..<40).map { (header: "name=\"f\($0)\"", content: [UInt8]()) }
        #expect(try send(Pictures.form(many)).code == "malformed_multipart")
    }
}
