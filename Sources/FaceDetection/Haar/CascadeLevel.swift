internal import Imaging
internal import TensorEngine

/// One size of the picture, with the cascade's features laid out for it.
struct CascadeLevel {
    /// A stump with the places of its feature's rectangles.
    struct PlacedStump {
        let first: CornerOffsets
        let second: CornerOffsets
        let third: CornerOffsets
        let firstWeight: Float
        let secondWeight: Float
        let thirdWeight: Float
        let threshold: Float
        let below: Float
        let otherwise: Float
    }

    /// What one window came to.
    enum Verdict {
        case accepted
        /// The first stage rejected it, and so will probably reject its neighbour.
        case rejectedAtOnce
        case rejected
    }

    /// Windows flatter than this, in the sense of a standard deviation of 10 gray levels, are not looked at.
    ///
    /// - Source: `HaarEvaluator::setWindow` of OpenCV 4's `cascadedetect.cpp`.
    private static let largestNormalization = 1e-1

    private let stages: [CascadeModel.Stage]
    private let stumps: [PlacedStump]
    private let integral: IntegralImage
    /// The window without its outermost pixels, over which brightness and contrast are measured.
    private let inner: CornerOffsets
    private let innerArea: Double
    /// Positions of the window, exclusive.
    private let columns: Int
    private let rows: Int

    init(_ image: GrayImage, model: CascadeModel) {
        let integral = IntegralImage(of: image)
        self.integral = integral
        stages = model.stages
        stumps = model.stumps.map { PlacedStump($0, model.features[$0.feature], stride: integral.stride) }
        let (width, height) = (model.window.width - 2, model.window.height - 2)
        inner = CornerOffsets(x: 1, y: 1, width: width, height: height, stride: integral.stride)
        innerArea = Double(width * height)
        columns = image.width + 1 - model.window.width
        rows = image.height + 1 - model.window.height
    }

    /// Corners of the accepted windows, row by row, at most `limit` of them.
    ///
    /// After a window that the first stage rejects, its right neighbour is left out.
    /// - Parameters:
    ///   - step: pixels from one window to the next, in both directions.
    ///   - rowLimit: rows at and beyond it are not looked at.
    func acceptedWindows(step: Int, rowLimit: Int, atMost limit: Int) -> [(x: Int, y: Int)] {
        var accepted: [(x: Int, y: Int)] = []
        integral.sums.withUnsafeBufferPointer { sums in
            integral.squaredSums.withUnsafeBufferPointer { squaredSums in
                stumps.withUnsafeBufferPointer { stumps in
                    guard let sums = sums.baseAddress, let squaredSums = squaredSums.baseAddress,
                        let stumps = stumps.baseAddress
                    else { return }
                    for y in stride(from: 0, to: min(rows, rowLimit), by: step) {
                        var x = 0
                        while x < columns {
                            let offset = y * integral.stride + x
                            switch verdict(sums + offset, squaredSums + offset, stumps) {
                            case .accepted: accepted.append((x, y))
                            case .rejectedAtOnce: x += step
                            case .rejected: break
                            }
                            x += step
                        }
                        if accepted.count >= limit { return }
                    }
                }
            }
        }
        return Array(accepted.prefix(limit))
    }

    /// Runs the stages on the window whose corner the two pointers stand at.
    @inline(__always)
    private func verdict(
        _ sums: UnsafePointer<UInt32>, _ squaredSums: UnsafePointer<UInt32>, _ stumps: UnsafePointer<PlacedStump>
    ) -> Verdict {
        let sum = Double(Int32(bitPattern: inner.sum(sums)))
        let contrast = innerArea * Double(inner.sum(squaredSums)) - sum * sum
        guard contrast > 0 else { return .rejected }
        let normalization = Float(1 / contrast.squareRoot())
        guard innerArea * Double(normalization) < Self.largestNormalization else { return .rejected }
        for (index, stage) in stages.enumerated() {
            var total = 0.0
            for stump in stage.stumps { total += Double(stumps[stump].value(sums, normalization)) }
            if total < stage.threshold { return index == 0 ? .rejectedAtOnce : .rejected }
        }
        return .accepted
    }
}

extension CascadeLevel.PlacedStump {
    fileprivate init(_ stump: CascadeModel.Stump, _ rectangles: [CascadeModel.WeightedRectangle], stride: Int) {
        let offsets = rectangles.map {
            CornerOffsets(x: $0.x, y: $0.y, width: $0.width, height: $0.height, stride: stride)
        }
        (first, second, third) = (offsets[0], offsets[1], offsets[2])
        (firstWeight, secondWeight) = (rectangles[0].weight, rectangles[1].weight)
        thirdWeight = rectangles[2].weight
        (threshold, below, otherwise) = (stump.threshold, stump.below, stump.otherwise)
    }

    /// What the stump adds for the window whose sums begin at `sums`, in single precision and the reference's order.
    @inline(__always)
    fileprivate func value(_ sums: UnsafePointer<UInt32>, _ normalization: Float) -> Float {
        var feature = firstWeight * Float(Int32(bitPattern: first.sum(sums)))
        feature += secondWeight * Float(Int32(bitPattern: second.sum(sums)))
        if thirdWeight != 0 { feature += thirdWeight * Float(Int32(bitPattern: third.sum(sums))) }
        return feature * normalization < threshold ? below : otherwise
    }
}
