import Testing

@testable import ModelWeights
@testable import WeightFile

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The bundled constants, the manifest and the files themselves say the same.
@Suite struct ManifestTests {
    @Test(arguments: BundledModel.all)
    func theManifestDescribesTheBundledFile(model: BundledModel) throws {
        let entry = try #require(try Manifest.ofThisPackage().models.first { $0.file == model.file })
        #expect(entry.name == model.name)
        #expect(entry.version == model.version)
        #expect(entry.payloadSHA256 == model.sha256)

        let content = try Data(contentsOf: URL(filePath: model.path))
        #expect(content.count == entry.bytes)
        #expect(content.withUnsafeBytes { PayloadDigest.hexadecimal(of: $0) } == entry.sha256)
    }

    @Test(arguments: BundledModel.all)
    func theFileOpensAndNamesItself(model: BundledModel) throws {
        let file = try WeightReader(contentsOf: model.path)
        #expect(try file.value("format_version") == "1")
        #expect(try file.value("name") == model.name)
        #expect(try file.value("version") == model.version)
        #expect(try file.value("sha256") == model.sha256)
        for key in ["architecture", "license", "source", "training_data", "mean", "std", "color", "resampling"] {
            #expect(try !file.value(key).isEmpty)
        }
    }

    @Test func theClassifierStatesItsInputAndItsLabels() throws {
        let file = try WeightReader(contentsOf: BundledModel.efficientNetB2.path)
        let expected = [
            "input_height": "260", "input_width": "260", "resampling": "pillow-bilinear", "color": "rgb",
            "mean": "0.485,0.456,0.406", "std": "0.229,0.224,0.225", "head": "1408,1088,7",
            "labels": "angry,disgust,fear,happy,sad,surprise,neutral", "padding": "symmetric",
            "batch_norm_epsilon": "1e-05", "calibration_temperature": "0.928",
            "heads": "fer2013", "served_head": "fer2013", "uncertain_below": "0.51",
        ]
        for (key, value) in expected { #expect(try file.value(key) == value, "\(key)") }
    }

    @Test func theManifestNamesNothingThatIsNotBundled() throws {
        #expect(try Set(Manifest.ofThisPackage().models.map(\.file)) == Set(BundledModel.all.map(\.file)))
    }

    @Test func everyModelHasACard() throws {
        for model in try Manifest.ofThisPackage().models {
            let card = try String(contentsOf: Manifest.folder.appending(path: model.modelCard), encoding: .utf8)
            #expect(card.contains(model.file), "\(model.modelCard)")
            #expect(card.contains("Intended use"), "\(model.modelCard)")
        }
    }
}
