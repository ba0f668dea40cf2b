import Testing

@testable import TensorEngine

@Suite struct WeightChunkTests {
    @Test func placesBeginOnCacheLinesAndDoNotOverlap() {
        let sizes = [1, 64, 65, 4096, 3_000_000, 0, 7_999_999, 20_000_000, 12, 100]
        let places = sizes.map { WeightChunk.place(byteCount: $0) }
        for (place, size) in zip(places, sizes) {
            #expect(Int(bitPattern: place.base) % TensorStorage.alignment == 0)
            place.base.initializeMemory(as: UInt8.self, repeating: UInt8(size % 251), count: size)
        }
        for (place, size) in zip(places, sizes) {
            let bytes = UnsafeRawBufferPointer(start: place.base, count: size)
            #expect(bytes.allSatisfy { $0 == UInt8(size % 251) })
        }
    }

    @Test func storageKeepsItsChunk() {
        // Larger than a chunk usually is, so that no other test shares it.
        weak var chunk: WeightChunk?
        var storage: TensorStorage? = TensorStorage(weightCount: 3_000_000)
        chunk = storage?.chunk
        #expect(chunk != nil)
        storage = nil
        #expect(chunk == nil)
    }

    @Test func packedWeightsLieInChunks() {
        let kernel = PortableBackend().kernel(
            for: MatrixProduct(
                MatrixForm(segmentLength: 16, inputStride: 16), weight: Tensor(zeros: [16, 8]),
                bias: Tensor(zeros: [8]), slices: [MatrixSlice(0..<8, outputStride: 8)], rows: .exactly([1])))
        #expect(kernel.weights.storage.chunk != nil)
    }

    @Test func largeBlocksBeginOnLargePages() {
        for byteCount in [0, 1, LargePages.byteCount - 1, LargePages.byteCount, 3 * LargePages.byteCount + 5] {
            let block = LargePages.allocate(byteCount: byteCount)
            let alignment = byteCount < LargePages.byteCount ? TensorStorage.alignment : LargePages.byteCount
            #expect(Int(bitPattern: block) % alignment == 0)
            block.initializeMemory(as: UInt8.self, repeating: 7, count: byteCount)
            block.deallocate()
        }
    }
}
