import Foundation
import Testing

@Suite struct ModelsAndDoctorTests {
    @Test func verifiesTheBundledModels() throws {
        let command = try Command("models", "verify")
        #expect(command.status == 0)
        #expect(command.output.count == 7)
        #expect(command.output.allSatisfy { $0.hasPrefix("ok") })
        #expect(command.output.last?.contains("self-test") == true)
    }

    @Test func noticesOneChangedByte() throws {
        let folder = try TemporaryFolder()
        var bytes = try #require(FileManager.default.contents(atPath: Repository.detectorWeights))
        bytes[bytes.count - 7] ^= 1
        let path = try folder.file("changed.safetensors", bytes)
        let command = try Command("models", "verify", "--detector-weights", path)
        #expect(command.status == 1)
        #expect(command.output.first?.hasPrefix("FAILED") == true)
        #expect(command.output.first?.contains("changed.safetensors") == true)
    }

    @Test func saysWhatTheModelsAre() throws {
        let command = try Command("models", "info")
        #expect(command.status == 0)
        #expect(command.output.contains { $0.hasPrefix("efficientnet_b2_fer2013") })
        #expect(command.output.contains { $0.contains("license") && $0.contains("MIT") })
        #expect(command.output.contains { $0.contains("license") && $0.contains("CC-BY-NC-SA-4.0") })
    }

    @Test func saysWhatItRunsOn() throws {
        let command = try Command("doctor")
        #expect(command.status == 0)
        for row in [
            "processor", "threads", "kernels", "OpenBLAS", "libpng", "libjpeg-turbo", "libcrypto", "ffmpeg", "weights",
        ] {
            #expect(command.output.contains { $0.hasPrefix(row) })
        }
    }

    @Test func saysWhyPortableKernelsRun() throws {
        let command = try Command(["doctor"], environment: ["SWIFT_EMOTION_KERNELS": "portable"])
        #expect(command.status == 0)
        #expect(command.output.contains { $0.hasPrefix("kernels") && $0.contains("portable") })
    }

    @Test func missesWeightsThatAreNotThere() throws {
        let command = try Command(["doctor"], environment: ["SWIFT_EMOTION_WEIGHTS": "/nonexistent"])
        #expect(command.status == 1)
        #expect(command.output.contains { $0.hasPrefix("weights") && $0.contains("FAILED") })
    }

    @Test func tellsProgramsWhatItRunsOn() throws {
        let command = try Command("doctor", "--json")
        #expect(command.status == 0)
        #expect(command.output.count == 1)
        let object = try #require(command.objects().first)
        let libraries = try #require(object["libraries"] as? [String: Any])
        #expect(Set(libraries.keys) == ["openblas", "libpng", "libjpeg_turbo", "libcrypto"])
        // What the table says is what the object says.
        let table = try Command("doctor").output
        for name in ["libpng", "libjpeg_turbo"] {
            let version = try #require(libraries[name] as? String)
            #expect(version.first?.isNumber == true, "\(name)")
            #expect(table.contains { $0.hasPrefix(name.replacing("_", with: "-")) && $0.hasSuffix(version) })
        }
        #expect((object["threads"] as? Int ?? 0) > 0)
        let weights = try #require(object["weights"] as? [[String: Any]])
        #expect(weights.count == 6)
        #expect(weights.allSatisfy { ($0["sha256"] as? String)?.count == 64 && $0["error"] is NSNull })
        guard let ffmpeg = object["ffmpeg"] as? [String: Any] else {
            #expect(table.contains { $0.hasPrefix("ffmpeg") && $0.contains("not installed") })
            return
        }
        let version = try #require(ffmpeg["version"] as? String)
        #expect(table.contains { $0.hasPrefix("ffmpeg") && $0.contains(version) })
        let missing = try #require(ffmpeg["missing_filters"] as? [String])
        #expect(ffmpeg["tone_mapping"] as? Bool == missing.isEmpty)
        #expect(table.contains { $0.hasPrefix("HDR videos") && $0.contains("lacks") != missing.isEmpty })
    }

    @Test func saysThatFFmpegIsMissing() throws {
        let nowhere = ["PATH": "/nonexistent"]
        let command = try Command(["doctor"], environment: nowhere)
        #expect(command.status == 0)
        #expect(command.output.contains { $0.hasPrefix("ffmpeg") && $0.contains("not installed") })
        #expect(try Command(["doctor", "--json"], environment: nowhere).objects().first?["ffmpeg"] is NSNull)
    }

    @Test func tellsProgramsWhichWeightsAreNotThere() throws {
        let command = try Command(["doctor", "--json"], environment: ["SWIFT_EMOTION_WEIGHTS": "/nonexistent"])
        #expect(command.status == 1)
        let weights = try #require(command.objects().first?["weights"] as? [[String: Any]])
        #expect(weights.allSatisfy { $0["error"] is String && $0["sha256"] is NSNull })
    }

    @Test func tellsProgramsWhatTheModelsAre() throws {
        let command = try Command("models", "info", "--json")
        #expect(command.status == 0)
        let objects = try command.objects()
        let model = try #require(objects.first { $0["name"] as? String == "efficientnet_b2_fer2013" })
        #expect((model["metadata"] as? [String: String])?["license"] != nil)
        #expect(model["file"] is String && (model["sha256"] as? String)?.count == 64)
        let absent = try Command("models", "info", "--json", "--detector-weights", "/nonexistent")
        #expect(absent.status == 1)
        #expect(try absent.objects().count == objects.count)
        #expect(try absent.objects().contains { $0["file"] as? String == "/nonexistent" && $0["error"] is String })
    }

    @Test func tellsProgramsWhetherTheModelsWork() throws {
        let command = try Command("models", "verify", "--json")
        #expect(command.status == 0)
        let object = try #require(command.objects().first)
        #expect(object["passed"] as? Bool == true)
        let checks = try #require(object["checks"] as? [[String: Any]])
        #expect(checks.map { $0["check"] as? String } == Array(repeating: "digest", count: 6) + ["self-test"])
        #expect(checks.allSatisfy { $0["result"] as? String == "ok" })
        #expect(checks.last?["faces"] as? Int == 1)

        let folder = try TemporaryFolder()
        var bytes = try #require(FileManager.default.contents(atPath: Repository.detectorWeights))
        bytes[bytes.count - 7] ^= 1
        let path = try folder.file("changed.safetensors", bytes)
        let changed = try Command("models", "verify", "--json", "--detector-weights", path)
        #expect(changed.status == 1)
        #expect(try changed.objects().first?["passed"] as? Bool == false)
        let failed = try changed.objects().first?["checks"] as? [[String: Any]]
        #expect(failed?.contains { $0["file"] as? String == path && $0["result"] as? String == "failed" } == true)
    }

    /// The model of meaning is made by `make text-model`, so both are told: that it is there, and that it is not.
    @Test func saysWhetherTheTextModelIsThere() throws {
        let folder = try TemporaryFolder()
        let absent = try Command(["doctor"], environment: ["SWIFT_EMOTION_WEIGHTS": folder.path("")])
        #expect(absent.output.contains { $0.hasPrefix("text model") && $0.contains("make text-model") })
        let info = try Command("models", "info", "--weights-folder", folder.path(""))
        #expect(info.output.contains { $0.hasPrefix("all_minilm_l6_v2.safetensors is not there") })

        let small = Repository.path("Tests/SentenceEmbeddingTests/Fixtures/encoder.safetensors")
        _ = try folder.file("all_minilm_l6_v2.safetensors", #require(FileManager.default.contents(atPath: small)))
        let there = try Command(["doctor", "--json"], environment: ["SWIFT_EMOTION_WEIGHTS": folder.path("")])
        let model = try #require(there.objects().first?["text_model"] as? [String: Any])
        #expect(model["name"] as? String == "random")
        #expect(model["error"] is NSNull)
    }
}
