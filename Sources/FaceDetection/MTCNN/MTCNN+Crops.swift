internal import Imaging
internal import TensorEngine

/// The second and third network on crops of the picture.
extension MTCNN {
    /// What `network` says about each box, in the order of `boxes`; a box outside of the picture is left out.
    ///
    /// Crops are resampled straight from the picture and go through the network in batches, a batch to a thread.
    ///
    /// - Parameter isMirrored: whether the network sees each crop as in a mirror; what it answers is then mirrored too.
    func answers(
        of network: some CropNetwork, on boxes: [FaceBox], in image: Image, isMirrored: Bool = false
    ) -> [(box: FaceBox, answer: FaceAnswer)] {
        let crops = boxes.compactMap { box in box.region(in: image).map { (box: box, region: $0) } }
        let batchSize = type(of: network).batchSize
        let batches = stride(from: 0, to: crops.count, by: batchSize).map { start in
            crops[start..<min(start + batchSize, crops.count)]
        }
        let answers = workers.map(batches.count) { index in
            let side = type(of: network).side
            let crops = Self.crops(of: image, batches[index].map(\.region), side: side)
            return network.answers(isMirrored ? Self.mirrored(crops) : crops)
        }
        return zip(crops, answers.joined()).map { ($0.box, $1) }
    }

    /// `[N, side, side, 3]`: each region resampled to the network's input size.
    private static func crops(of image: Image, _ regions: [PixelRegion], side: Int) -> Tensor {
        let size = Size(side: side)
        let count = size.area * 3
        return Tensor(shape: [regions.count, side, side, 3]) { target in
            for (index, region) in regions.enumerated() {
                let crop = UnsafeMutableBufferPointer(rebasing: target[(index * count)..<((index + 1) * count)])
                AreaResampling.resample(image, from: region, to: size, normalization: .signedUnit, into: crop)
            }
        }
    }

    /// `[N, H, W, 3]` with left and right exchanged.
    private static func mirrored(_ crops: Tensor) -> Tensor {
        let (rows, width) = (crops.batch * crops.size.height, crops.size.width)
        return crops.withUnsafeBuffer { source in
            Tensor(shape: crops.shape) { (target: UnsafeMutableBufferPointer<Float>) in
                for row in 0..<rows {
                    for column in 0..<width {
                        let (from, to) = ((row * width + width - 1 - column) * 3, (row * width + column) * 3)
                        for channel in 0..<3 { target[to + channel] = source[from + channel] }
                    }
                }
            }
        }
    }
}
