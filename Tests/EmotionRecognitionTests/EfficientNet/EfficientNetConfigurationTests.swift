import EmotionRecognition
import NeuralLayers
import TestSupport
import Testing

@Suite struct EfficientNetConfigurationTests {
    /// timm's own count for `num_classes=0`.
    @Test(arguments: EfficientNetVariant.allCases) func parameterCountsAgreeWithTimm(_ variant: EfficientNetVariant)
        throws
    {
        let expected = try ReferenceTensors("network.safetensors").number("parameters.\(variant.rawValue)")
        #expect(EfficientNetConfiguration(variant).parameterCount == expected)
    }

    @Test func b2IsScaledAsPublished() {
        let configuration = EfficientNetConfiguration(.b2)
        #expect(configuration.stemChannels == 32)
        #expect(configuration.features == 1408)
        #expect(configuration.stages.map { $0[0].outputChannels } == [16, 24, 48, 88, 120, 208, 352])
        #expect(configuration.stages.map(\.count) == [2, 3, 3, 4, 4, 5, 2])
        #expect(configuration.stages.map { $0[0].stride } == [1, 2, 2, 2, 1, 2, 1])
    }

    @Test func namesOfTensorFlowCheckpointsAreUnderstood() {
        #expect(EfficientNetVariant(architecture: "tf_efficientnet_b2") == .b2)
        #expect(EfficientNetVariant(architecture: "efficientnet_b4") == .b4)
        #expect(EfficientNetVariant(architecture: "efficientnet_b9") == nil)
    }
}
