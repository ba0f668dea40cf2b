import FaceDetection
import ModelWeights
import TensorEngine
import Testing
import WeightFile

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A cascade file that contradicts itself is refused with the numbers that do not fit.
@Suite struct CascadeReadingTests {
    /// A cascade of one stage and one stump over two halves of the window.
    struct SmallCascade {
        var window = ("24", "24")
        var stages: [Float] = [1, 0.5]
        var stumps: [Float] = [0, 0.25, -1, 1]
        var features: [Float] = [0, 0, 24, 24, -1, 0, 0, 24, 12, 2, 0, 0, 0, 0, 0]

        func error() throws -> CascadeError? {
            let path = FileManager.default.temporaryDirectory.appending(path: "cascade-\(UUID()).safetensors").path
            defer { try? FileManager.default.removeItem(atPath: path) }
            var writer = WeightWriter(metadata: [
                "format_version": "1", "window_height": window.0, "window_width": window.1,
            ])
            writer.add(Tensor(stages, shape: [stages.count / 2, 2]), named: "stages", as: .float32)
            writer.add(Tensor(stumps, shape: [stumps.count / 4, 4]), named: "stumps", as: .float32)
            writer.add(Tensor(features, shape: [features.count / 15, 3, 5]), named: "features", as: .float32)
            try writer.write(to: path)
            do throws(CascadeError) {
                _ = try HaarCascade(contentsOf: path)
                return nil
            } catch {
                return error
            }
        }
    }

    @Test func theSmallestCascadeIsAccepted() throws {
        #expect(try SmallCascade().error() == nil)
    }

    @Test(arguments: ["2", "257", "-24", "24.0", "", "99999999999999999999"])
    func windowsOfOtherSidesAreRefused(side: String) throws {
        #expect(try SmallCascade(window: (side, "24")).error() == .windowSide(key: "window_height", value: side))
        #expect(try SmallCascade(window: ("24", side)).error() == .windowSide(key: "window_width", value: side))
    }

    @Test(arguments: [Float(0), -1, 0.5, 1e30])
    func stagesHaveWholeNumbersOfStumps(count: Float) throws {
        #expect(try SmallCascade(stages: [count, 0]).error() == .stumpCount(stage: 0, value: count))
    }

    @Test func stagesTakeExactlyTheStumpsThereAre() throws {
        #expect(try SmallCascade(stages: [2, 0]).error() == .stumpTotal(expected: 2, actual: 1))
        #expect(try SmallCascade(stages: [1, 0, 1, 0]).error() == .stumpTotal(expected: 2, actual: 1))
    }

    @Test(arguments: [Float(1), -1, 0.5, 3e9])
    func stumpsNameAFeature(index: Float) throws {
        let error = try SmallCascade(stumps: [index, 0, 0, 0]).error()
        #expect(error == .featureIndex(stump: 0, value: index, featureCount: 1))
    }

    @Test(
        arguments: [
            [24, 0, 1, 1, 1], [0, 24, 1, 1, 1], [-1, 0, 4, 4, 1], [0, 0, 25, 1, 1], [20, 0, 5, 1, 1], [0, 20, 1, 5, 1],
            [0, 0, 0, 4, 1], [0, 0, 4, 0, 1], [0.5, 0, 4, 4, 1], [0, 0, 1e20, 1, 1],
        ] as [[Float]])
    func rectanglesLieInTheWindow(values: [Float]) throws {
        var cascade = SmallCascade()
        cascade.features.replaceSubrange(5..<10, with: values)
        #expect(try cascade.error() == .rectangle(feature: 0, rectangle: 1, values: values))
    }

    @Test func twoRectanglesAreWeighted() throws {
        var cascade = SmallCascade()
        cascade.features[9] = 0
        #expect(try cascade.error() == .missingWeight(feature: 0, rectangle: 1))
    }

    @Test func otherFilesAreRefused() throws {
        let network = BundledModel.mtcnn.path
        #expect(throws: CascadeError.weights(.missingMetadata(path: network, key: "window_height"))) {
            try HaarCascade(contentsOf: network)
        }
        #expect(throws: CascadeError.weights(.cannotOpen(path: "/nowhere", errno: 2))) {
            try HaarCascade(contentsOf: "/nowhere")
        }
    }
}
