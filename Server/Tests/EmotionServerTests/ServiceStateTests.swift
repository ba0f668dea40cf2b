import EmotionDetection
import Foundation
import ImageCodecs
import Testing

/// What the service says of itself, and how it behaves when it is full, damaged, or told to stop.
struct ServiceStateTests {
    @Test func readinessModelsAndMetrics() throws {
        let server = try ServerProcess()
        #expect(try server.get("/healthz").json["status"] as? String == "ok")
        let ready = try server.get("/readyz").json
        let checks = (ready["checks"] as? [[String: String]] ?? []).compactMap { $0["check"] }
        #expect(checks.count == 6 && checks.contains("self_test") && checks.contains("storage"))
        #expect(checks.contains("digest voice_emotion.safetensors"))
        let models = try #require(try server.get("/v1/models").json["models"] as? [[String: Any]])
        #expect(models.count == 4 && models.allSatisfy { $0["status"] as? String == "ok" })
        #expect(models.allSatisfy { !($0["file"] as? String ?? "/").contains("/") })
        let service = try server.get("/v1/service").json
        #expect(service["text_available"] as? Bool == true && service["voice_available"] as? Bool == true)
        _ = try server.post(picture: try Pictures.webcam(), to: "/analyze/facial")
        let metrics = try server.get("/metrics")
        #expect(metrics.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
        for line in [
            #"http_requests_total{method="POST",route="/analyze/facial",status="200"} 1"#, "pictures_analysed_total 1",
            "faces_found_total 1", "# TYPE http_request_duration_seconds histogram", "inference_queue_depth 0.0",
            #"inference_batch_pictures_bucket{le="1.0"} 1"#,
        ] { #expect(metrics.text.split(separator: "\n").contains(Substring(line)), "\(line)\n\(metrics.text)") }
        let document = try server.get("/openapi.json").json
        #expect(document["openapi"] as? String == "3.1.0")
    }

    @Test func everyRouteAnswersAsTheDocumentSays() throws {
        let server = try ServerProcess(waitsForModels: false)
        let document = try server.get("/openapi.json").json
        let paths = try #require(document["paths"] as? [String: [String: Any]])
        for (path, operations) in paths {
            let filled = path.replacingOccurrences(of: "{id}", with: UUID().uuidString)
            for method in ["get", "post", "put", "delete", "patch"] {
                let status = try server.request(method.uppercased(), filled, body: method == "get" ? nil : []).status
                #expect((status == 405) == (operations[method] == nil), "\(method) \(path): \(status)")
                let documented = (operations[method] as? [String: Any])?["responses"] as? [String: Any]
                if let documented { #expect(documented["\(status)"] != nil, "\(method) \(path): \(status)") }
            }
        }
    }

    /// A copy of the bundled weight files.
    private static func weights(in folder: TemporaryFolder) throws -> String {
        let weights = folder.path("weights")
        try FileManager.default.createDirectory(atPath: weights, withIntermediateDirectories: true)
        let source = Pictures.repository.appendingPathComponent("Weights").path
        for file in try FileManager.default.contentsOfDirectory(atPath: source) where file.hasSuffix(".safetensors") {
            try FileManager.default.copyItem(atPath: "\(source)/\(file)", toPath: "\(weights)/\(file)")
        }
        return weights
    }

    @Test func withoutTheVoiceModelTheServiceIsReadyAndSaysThatItHasNone() throws {
        let folder = try TemporaryFolder()
        let weights = try Self.weights(in: folder)
        let file = "\(weights)/voice_emotion.safetensors"
        let whole = try Data(contentsOf: URL(fileURLWithPath: file))
        try FileManager.default.removeItem(atPath: file)
        // Waits until it is ready.
        let server = try ServerProcess("--weights", weights)
        #expect(try server.get("/readyz").status == 200)
        func voiceModel(_ server: ServerProcess) throws -> [String: Any]? {
            (try server.get("/v1/models").json["models"] as? [[String: Any]])?
                .first { $0["file"] as? String == "voice_emotion.safetensors" }
        }
        #expect(try voiceModel(server)?["status"] as? String == "missing")
        #expect(try server.get("/v1/service").json["voice_available"] as? Bool == false)
        let voice = Pictures.repository.appendingPathComponent("Tests/VoiceAnalysisTests/Fixtures/voice.wav").path
        let sound = [UInt8](try Data(contentsOf: URL(fileURLWithPath: voice)))
        let form = Pictures.form([(#"name="audio"; filename="a.wav""#, sound)])
        let headers = ["Content-Type": "multipart/form-data; boundary=XyZ"]
        let refused = try server.request("POST", "/analyze/voice", headers: headers, body: form)
        #expect(refused.status == 503 && refused.code == "model_unavailable")

        // Damaged is something else than left out.
        var damaged = whole
        damaged[damaged.count - 100] ^= 0x40
        try damaged.write(to: URL(fileURLWithPath: file))
        let other = try ServerProcess("--weights", weights, waitsForModels: false)
        var ready = try other.get("/readyz")
        for _ in 0..<200 where ready.text.contains("still being") {
            usleep(50_000)
            ready = try other.get("/readyz")
        }
        #expect(ready.status == 503 && ready.text.contains("voice_emotion"), "\(ready.text)")
        #expect(try voiceModel(other)?["status"] as? String == "failed")
    }

    @Test func aPortThatIsInUseIsSaidInOneLine() throws {
        let server = try ServerProcess(waitsForModels: false)
        let folder = try TemporaryFolder()
        let second = try Program(
            ServerProcess.executable.path, "--port", "\(server.port)", "--database", folder.path("sessions.sqlite"))
        #expect(second.status == 1)
        #expect(
            second.messages.contains("emotion-server: port \(server.port) is in use; name another one with --port."))
        #expect(!second.messages.contains("could not be deleted") && !second.messages.contains("bind("))
        let elsewhere = try Program(
            [
                ServerProcess.executable.path, "--port", "0", "--host", "192.0.2.1", "--database",
                folder.path("b.sqlite"),
            ],
            environment: ["EMOTION_SERVER_API_KEY": "correct-horse-battery-staple"])
        #expect(elsewhere.status == 1 && elsewhere.messages.contains("192.0.2.1 is no address of this machine."))
    }

    @Test func damagedWeightsCloseTheRoutesOfTheFacialModelAlone() throws {
        let folder = try TemporaryFolder()
        let weights = try Self.weights(in: folder)
        let network = "\(weights)/efficientnet_b2_fer2013.safetensors"
        var bytes = try Data(contentsOf: URL(fileURLWithPath: network))
        let whole = bytes
        bytes[bytes.count - 1_000] ^= 0x40
        try bytes.write(to: URL(fileURLWithPath: network))
        let server = try ServerProcess("--weights", weights, waitsForModels: false)
        var ready = try server.get("/readyz")
        for _ in 0..<200 where ready.text.contains("still being") {
            usleep(50_000)
            ready = try server.get("/readyz")
        }
        #expect(ready.status == 503 && ready.code == "not_ready")
        #expect(ready.text.contains("efficientnet_b2_fer2013") && !ready.text.contains(weights))
        let facial = try server.post(picture: try Pictures.webcam(), to: "/analyze/facial")
        #expect(facial.status == 503 && facial.code == "model_unavailable")
        #expect(facial.headers["retry-after"] != nil && !facial.text.contains(weights))
        let session = try server.newSession()
        #expect(
            try server.post(picture: try Pictures.webcam(), to: "/sessions/\(session)/frames?timestamp=1").code
                == "model_unavailable")
        // The others go on.
        #expect(try server.post("/analyze/multimodal", ["text": ["quality_score": 50]]).status == 200)
        let fused = try server.post(
            "/analyze/multimodal",
            ["image": Pictures.base64(try Pictures.webcam()), "text": ["quality_score": 50]])
        #expect(fused.status == 200 && fused.json["facial"] is NSNull)
        #expect(fused.json["unavailable"] as? [String] == ["facial"])
        #expect(try server.get("/sessions/\(session)").json["frame_count"] as? Int == 0)
        #expect(try server.get("/healthz").status == 200)
        // The damaged file and the picture that could not be scored are failures; being asked whether it is ready is none.
        let failures = server.log.filter { $0["level"] as? String == "error" }.compactMap { $0["code"] as? String }
        #expect(Set(failures) == ["model_unavailable"])
        let models = try #require(try server.get("/v1/models").json["models"] as? [[String: Any]])
        #expect(models.map { $0["status"] as? String }.filter { $0 == "failed" }.count == 1)
        // Put right, the file is found without a restart.
        try whole.write(to: URL(fileURLWithPath: network))
        sleep(6)
        #expect(try server.post(picture: try Pictures.webcam(), to: "/analyze/facial").status == 200)
    }

    @Test func aFullQueueRefusesAndLosesNobody() throws {
        let server = try ServerProcess("--queue", "2", "--batch", "1")
        let picture = try Pictures.webcam()
        let replies = Concurrently.map(24) { _ in try? server.post(picture: picture, to: "/analyze/facial") }
        let statuses = replies.map { $0?.status ?? 0 }
        #expect(Set(statuses) == [200, 429], "\(statuses)")
        for reply in replies.compactMap(\.self) where reply.status == 429 {
            #expect(reply.code == "queue_full" && reply.headers["retry-after"] == "1")
        }
        #expect(try server.post(picture: picture, to: "/analyze/facial").status == 200)
    }

    @Test func waitingPicturesAreLookedAtTogether() throws {
        let server = try ServerProcess("--batch", "4")
        let picture = try Pictures.webcam()
        let statuses = Concurrently.map(16) { _ in
            (try? server.post(picture: picture, to: "/analyze/facial").status) ?? 0
        }
        #expect(statuses.allSatisfy { $0 == 200 })
        let metrics = try server.get("/metrics").text
        func count(_ name: String) -> Int {
            metrics.split(separator: "\n").first { $0.hasPrefix(name + " ") }
                .flatMap { $0.split(separator: " ").last.flatMap { Int($0) } } ?? -1
        }
        #expect(count("pictures_analysed_total") == 16)
        #expect(count("inference_batch_pictures_count") < 16)
    }

    @Test func aPictureThatWaitsTooLongIsGivenUp() throws {
        let server = try ServerProcess("--deadline", "0.001", "--batch", "1")
        let picture = try Pictures.webcam()
        let replies = Concurrently.map(8) { _ in try? server.post(picture: picture, to: "/analyze/facial") }
        let late = replies.compactMap(\.self).filter { $0.status == 503 }
        #expect(!late.isEmpty && late.allSatisfy { $0.code == "deadline_exceeded" && $0.headers["retry-after"] != nil })
    }

    @Test func aStopFinishesWhatWasAccepted() throws {
        let server = try ServerProcess("--batch", "1", "--deadline", "300", "--stop-seconds", "300")
        let session = try server.newSession()
        // So large that all are there before the first was looked at.
        let whole = try ImageDecoder.decode(Pictures.astronaut)
        let picture = try ImageEncoder.jpeg(whole.resized(from: whole.bounds, to: Size(height: 2_000, width: 2_000)))
        func depth() throws -> Double {
            try server.get("/metrics").text.split(separator: "\n").first { $0.hasPrefix("inference_queue_depth ") }
                .flatMap { $0.split(separator: " ").last.flatMap { Double($0) } } ?? 0
        }
        let results = Locked([Int]())
        let paths = Array(repeating: "/analyze/facial", count: 6) + ["/sessions/\(session)/frames?timestamp=1"]
        let threads = paths.map { path in
            Thread {
                let status = (try? server.post(picture: picture, to: path).status) ?? 0
                results.with { $0.append(status) }
            }
        }
        for thread in threads { thread.start() }
        var accepted = 0.0
        for _ in 0..<500 where accepted < 7 {
            accepted = try depth()
            usleep(2_000)
        }
        #expect(accepted == 7)
        #expect(results.with { $0.isEmpty })
        #expect(server.stop() == 0)
        for thread in threads { while !thread.isFinished { usleep(2_000) } }
        #expect(results.with { $0 } == [Int](repeating: 200, count: 7))
        #expect(server.log.last?["message"] as? String == "stopped")
        let again = try ServerProcess(folder: server.folder, waitsForModels: false)
        #expect(try again.get("/sessions/\(session)").json["frame_count"] as? Int == 1)
    }
}
