import TensorEngine
import Testing

@Suite struct PoolingTests {
    static let picture = Tensor((0..<25).map(Float.init), shape: [1, 5, 5, 1])

    /// Expected values worked out by hand: 5 pixels by windows of 2 leave one over, which only `ceil_mode` keeps.
    @Test func roundingUpKeepsThePartialWindow() {
        let down = Pooling(.maximum, kernel: 2, stride: 2)(Self.picture)
        #expect(down.shape == [1, 2, 2, 1])
        #expect(down.scalars == [6, 8, 16, 18])
        let up = Pooling(.maximum, kernel: 2, stride: 2, roundsUp: true)(Self.picture)
        #expect(up.shape == [1, 3, 3, 1])
        #expect(up.scalars == [6, 8, 9, 16, 18, 19, 21, 23, 24])
    }

    @Test func overlappingWindowsShareTheirPixels() {
        #expect(Pooling(.maximum, kernel: 3, stride: 2)(Self.picture).scalars == [12, 14, 22, 24])
        #expect(Pooling(.average, kernel: 3, stride: 2)(Self.picture).scalars == [6, 8, 16, 18])
    }

    @Test(arguments: [(3, 2, 2, 2), (1, 2, 2, 1), (4, 3, 2, 2), (46, 3, 2, 23), (22, 3, 2, 11), (4, 2, 3, 2)])
    func extentsRoundUpAsPyTorchDoes(_ input: Int, _ kernel: Int, _ stride: Int, _ expected: Int) {
        #expect(Pooling(.maximum, kernel: kernel, stride: stride, roundsUp: true).outputExtent(input) == expected)
    }

    @Test func globalMeanIsTakenChannelByChannel() {
        let tensor = Tensor([1, 10, 3, 30, 5, 50, 7, 70], shape: [1, 2, 2, 2])
        #expect(tensor.globalAveragePooled().scalars == [4, 40])
    }
}
