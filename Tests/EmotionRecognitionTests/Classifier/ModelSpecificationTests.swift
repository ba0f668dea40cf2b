import EmotionRecognition
import Emotions
import Imaging
import TensorEngine
import TestSupport
import Testing
import WeightFile

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What the metadata of a classifier's weight file may say and what it may not.
@Suite struct ModelSpecificationTests {
    private static let metadata = [
        "name": "made", "version": "1", "architecture": "efficientnet_b0", "padding": "symmetric",
        "batch_norm_epsilon": "1e-05", "input_height": "32", "input_width": "32", "mean": "0,0,0", "std": "1,1,1",
        "labels": "angry,disgust,fear,happy,sad,surprise,neutral", "head": "1280,8,7", "calibration_temperature": "1.5",
        "uncertain_below": "0.4", "color": "rgb", "heads": "fer2013", "served_head": "fer2013",
        "resampling": "pillow-bilinear",
    ]

    /// The specification of a file with this metadata, `changed` in place of the ordinary entries.
    private func specification(_ changed: [String: String?]) throws -> ModelSpecification {
        let path = "/tmp/specification-\(getpid())-\(UInt64.random(in: 0...UInt64.max)).safetensors"
        defer { unlink(path) }
        var metadata = Self.metadata
        for (key, value) in changed { metadata[key] = value }
        var writer = WeightWriter(metadata: metadata)
        writer.add(Tensor([0], shape: [1]), named: "nothing", as: .float32)
        try writer.write(to: path)
        return try ModelSpecification(of: WeightReader(contentsOf: path))
    }

    @Test func oneTemperatureIsThatOfEveryAnswer() throws {
        let model = try specification([:])
        #expect(model.calibration == Calibration(temperatures: [Float](repeating: 1.5, count: 7)))
        #expect(model.uncertainBelow == 0.4)
    }

    @Test func sevenTemperaturesAreInTheOrderOfTheLabels() throws {
        let model = try specification(["calibration_temperature": "1,2,3,4,5,6,0.5"])
        #expect(model.calibration.temperatures == [1, 2, 3, 4, 5, 6, 0.5])
    }

    @Test(arguments: [
        "", "0", "-1", "nan", "inf", "warm", "1,2", "1,2,3,4,5,6", "1,2,3,4,5,6,7,8", "1,2,3,4,5,6,0", "1,2,3,,5,6,7",
        "1,2,3,4,5,6,nan", "1,2,3,4,5,6,7,", "1, 2,3,4,5,6,7",
    ])
    func otherTemperaturesAreRefused(_ text: String) throws {
        try expectRefusal(of: "calibration_temperature", saying: text)
    }

    @Test(arguments: ["", "RGB", "gray48", "gray-49", "bgr"]) func unknownColorsAreRefused(_ text: String) throws {
        try expectRefusal(of: "color", saying: text)
    }

    /// Pillow's pixels of the astronaut's face after each treatment and the resizing.
    @Test(.enabled(if: TestBuild.isRelease(for: "everyTreatmentOfColorsIsPillows")), arguments: ColorTreatment.allCases)
    func everyTreatmentOfColorsIsPillows(_ treatment: ColorTreatment) throws {
        let steps = try ReferenceTensors("preprocessing.safetensors")
        let crop = try steps.tensor("crop")
        let image = Image(width: crop.size.width, height: crop.size.height, pixels: crop.scalars.map { UInt8($0) })
        let model = try specification([
            "color": treatment.rawValue, "input_height": "260", "input_width": "260", "mean": "0.485,0.456,0.406",
            "std": "0.229,0.224,0.225",
        ])
        #expect(model.colorTreatment == treatment)
        let name = treatment == .rgb ? "normalized" : treatment.rawValue
        let step = try steps.number(name + ".step")
        let elements = model.input(from: [image]).scalars
        let taken = stride(from: 0, to: elements.count, by: step).map { elements[$0] }
        let comparison = TensorComparison(
            Tensor(taken, shape: [taken.count]), try steps.tensor(name), relative: 1e-6, absolute: 1e-6)
        #expect(comparison.isClose, "\(comparison)")
    }

    @Test func coarseGrayLeavesSmallPicturesAsTheyAre() throws {
        let small = Image(width: 48, height: 30, pixels: (0..<48 * 30 * 3).map { UInt8(truncatingIfNeeded: $0 &* 31) })
        let (gray, coarse) = (try specification(["color": "gray"]), try specification(["color": "gray-48"]))
        #expect(gray.input(from: [small]).scalars == coarse.input(from: [small]).scalars)
    }

    @Test(arguments: ["", "1.1", "-0.1", "nan", "half"]) func thresholdsOutsideOfProbabilitiesAreRefused(
        _ text: String
    ) throws {
        try expectRefusal(of: "uncertain_below", saying: text)
    }

    @Test(arguments: ["calibration_temperature", "uncertain_below", "color", "served_head"])
    func whatIsNotSaidIsNotAssumed(_ key: String) throws {
        do {
            _ = try specification([key: nil])
            Issue.record("a file without \(key) was read")
        } catch WeightError.missingMetadata(_, let missing) {
            #expect(missing == key)
        }
    }

    private func expectRefusal(of key: String, saying text: String) throws {
        do {
            _ = try specification([key: text])
            Issue.record("\(key) \"\(text)\" was read")
        } catch WeightError.invalidMetadata(_, let refused, let value) {
            #expect((refused, value) == (key, text))
        }
    }
}
