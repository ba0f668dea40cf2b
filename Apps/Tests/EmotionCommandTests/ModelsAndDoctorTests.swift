import Foundation
import Testing

@Suite struct ModelsAndDoctorTests {
    @Test func verifiesTheBundledModels() throws {
        let command = try Command("models", "verify")
        #expect(command.status == 0)
        #expect(command.output.count == 4)
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
    }

    @Test func saysWhatItRunsOn() throws {
        let command = try Command("doctor")
        #expect(command.status == 0)
        for row in ["processor", "threads", "kernels", "OpenBLAS", "libpng", "libcrypto", "weights"] {
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
}
