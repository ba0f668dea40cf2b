internal import Imaging
internal import TensorEngine

/// The second and third network on crops of the picture.
extension MTCNN {
    /// What `network` says about each box, in the order of `boxes`; a box outside of the picture is left out.
    ///
    /// Crops are resampled straight from the picture and go through the network in batches, a batch to a thread.
    ///
    /// - Parameter view: how the network is shown each crop; what it answers is turned and mirrored like it.
    func answers(
        of network: some CropNetwork, on boxes: [FaceBox], in image: Image, view: CropView = .upright
    ) -> [(box: FaceBox, answer: FaceAnswer)] {
        let crops = boxes.compactMap { box in box.region(in: image).map { (box: box, region: $0) } }
        let batchSize = type(of: network).batchSize
        let batches = stride(from: 0, to: crops.count, by: batchSize).map { start in
            crops[start..<min(start + batchSize, crops.count)]
        }
        let answers = workers.map(batches.count) { index in
            let side = type(of: network).side
            let crops = Self.crops(of: image, batches[index].map(\.region), side: side)
            return network.answers(view == .upright ? crops : Self.reordered(crops, view))
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

    /// `[N, H, W, 3]` with its rows, its columns or both in reverse order.
    private static func reordered(_ crops: Tensor, _ view: CropView) -> Tensor {
        let (height, width) = (crops.size.height, crops.size.width)
        return crops.withUnsafeBuffer { source in
            Tensor(shape: crops.shape) { (target: UnsafeMutableBufferPointer<Float>) in
                for row in 0..<(crops.batch * height) {
                    let (first, line) = (row / height * height, row % height)
                    let origin = (first + (view.reversesRows ? height - 1 - line : line)) * width
                    for column in 0..<width {
                        let from = (origin + (view.reversesColumns ? width - 1 - column : column)) * 3
                        let to = (row * width + column) * 3
                        for channel in 0..<3 { target[to + channel] = source[from + channel] }
                    }
                }
            }
        }
    }
}

/// How a network is shown a crop.
enum CropView {
    case upright, mirrored, upsideDown, upsideDownMirrored

    var reversesRows: Bool { self == .upsideDown || self == .upsideDownMirrored }
    var reversesColumns: Bool { self == .mirrored || self == .upsideDown }
}
