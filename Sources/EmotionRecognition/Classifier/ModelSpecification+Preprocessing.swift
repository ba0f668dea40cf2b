package import Imaging
package import TensorEngine

extension ModelSpecification {
    /// Face crops as the network wants them: colours treated, resized, scaled to 0…1, mean subtracted, divided by the
    /// deviation.
    ///
    /// - Parameter crops: of any sizes.
    /// - Returns: `[crops.count, inputSize.height, inputSize.width, 3]`.
    /// - Complexity: O(pixels read and written).
    package func input(from crops: [Image]) -> Tensor {
        let scale = standardDeviation.map { 1 / (255 * $0) }
        let shift = zip(mean, standardDeviation).map { -$0 / $1 }
        return Tensor(shape: [crops.count, inputSize.height, inputSize.width, 3]) { values in
            for (index, crop) in crops.enumerated() {
                let resized = crop.treated(colorTreatment).resized(to: inputSize, filter: .pillowBilinear)
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
    /// The side of FER2013's pictures.
    private static let coarseSide = 48

    fileprivate func treated(_ treatment: ColorTreatment) -> Image {
        switch treatment {
        case .rgb: self
        case .gray: inGray
        case .coarseGray: inGray.reduced(toAtMost: Self.coarseSide)
        }
    }

    /// The same picture without colour: its brightness in all three channels.
    private var inGray: Image {
        let gray = gray(weights: .pillow)
        return Image(width: width, height: height, pixels: gray.pixels.flatMap { [$0, $0, $0] })
    }

    /// The same picture with no side longer than `side`; each is reduced for itself, so a face crop may become square.
    private func reduced(toAtMost side: Int) -> Image {
        guard max(width, height) > side else { return self }
        return resized(to: Size(height: min(height, side), width: min(width, side)), filter: .pillowBilinear)
    }
}
