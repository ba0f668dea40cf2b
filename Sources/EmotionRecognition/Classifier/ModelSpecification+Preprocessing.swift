public import Imaging
public import TensorEngine

extension ModelSpecification {
    /// Face crops as the network wants them: gray if it wants that, resized, scaled to 0…1, mean
    /// subtracted, divided by the deviation.
    ///
    /// - Parameter crops: of any sizes.
    /// - Returns: `[crops.count, inputSize.height, inputSize.width, 3]`.
    /// - Complexity: O(pixels read and written).
    public func input(from crops: [Image]) -> Tensor {
        let scale = standardDeviation.map { 1 / (255 * $0) }
        let shift = zip(mean, standardDeviation).map { -$0 / $1 }
        return Tensor(shape: [crops.count, inputSize.height, inputSize.width, 3]) { values in
            for (index, crop) in crops.enumerated() {
                let colored = colorTreatment == .gray ? crop.inGray : crop
                let resized = colored.resized(to: inputSize, filter: .pillowBilinear)
                let values = values + index * inputSize.area * 3
                resized.pixels.withUnsafeBufferPointer { bytes in
                    for pixel in stride(from: 0, to: bytes.count, by: 3) {
                        for color in 0..<3 {
                            values[pixel + color] = Float(bytes[pixel + color]) * scale[color] + shift[color]
                        }
                    }
                }
            }
        }
    }
}

extension Image {
    /// The same picture without colour: its brightness in all three channels.
    fileprivate var inGray: Image {
        let gray = gray(weights: .pillow)
        return Image(width: width, height: height, pixels: gray.pixels.flatMap { [$0, $0, $0] })
    }
}
