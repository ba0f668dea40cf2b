import TensorEngine
import Testing

@Suite struct TensorTests {
    @Test func stridesAreThoseOfDenseRows() {
        #expect(Shape([2, 3, 4, 5]).strides == [60, 20, 5, 1])
        #expect(Shape([]).count == 1)
        #expect(Shape([4, 0]).count == 0)
    }

    @Test func storageBeginsOnACacheLine() {
        for count in [1, 7, 1000] {
            let address = Tensor(zeros: [count]).withUnsafeBuffer { Int(bitPattern: $0.baseAddress) }
            #expect(address % 64 == 0)
        }
    }

    @Test func changingACopyLeavesTheOriginalAlone() {
        let original = Tensor([1, 2, 3], shape: [3])
        var copy = original
        copy.withUnsafeMutableBuffer { $0[0] = 9 }
        #expect(original.scalars == [1, 2, 3])
        #expect(copy.scalars == [9, 2, 3])
    }

    @Test func changingASoleOwnerCopiesNothing() {
        var tensor = Tensor(zeros: [16])
        let before = tensor.withUnsafeBuffer { $0.baseAddress }
        tensor.withUnsafeMutableBuffer { $0[3] = 1 }
        #expect(tensor.withUnsafeBuffer { $0.baseAddress } == before)
    }

    @Test func transposingMovesEveryElement() {
        let tensor = Tensor((0..<24).map(Float.init), shape: [2, 3, 4])
        let moved = tensor.transposed([2, 0, 1])
        #expect(moved.shape == [4, 2, 3])
        for i in 0..<2 { for j in 0..<3 { for k in 0..<4 { #expect(moved[k, i, j] == tensor[i, j, k]) } } }
    }

    @Test func reshapingKeepsTheOrder() {
        let tensor = Tensor((0..<6).map(Float.init), shape: [2, 3]).reshaped(to: [3, 2])
        #expect(tensor[2, 1] == 5)
        #expect(tensor[1, 0] == 2)
    }

    @Test func matrixProductAgreesWithHandComputation() {
        let a = Tensor([1, 2, 3, 4, 5, 6], shape: [2, 3])
        let b = Tensor([1, 0, -1, 2, 3, 1], shape: [3, 2])
        #expect(a.multiplied(by: b).scalars == [8, 7, 17, 16])
    }

    @Test func positionsOfTheLastDimensionAreCutOut() {
        let tensor = Tensor((0..<12).map(Float.init), shape: [2, 2, 3])
        let cut = tensor.lastDimension(1..<3)
        #expect(cut.shape == [2, 2, 2])
        #expect(cut.scalars == [1, 2, 4, 5, 7, 8, 10, 11])
    }
}
