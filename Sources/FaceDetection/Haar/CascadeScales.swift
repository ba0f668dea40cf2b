internal import TensorEngine

/// The factors by which a picture is reduced so that the cascade's window fits faces of every size.
///
/// - Source: `detectMultiScaleNoGrouping` of OpenCV 4's `cascadedetect.cpp`.
enum CascadeScales {
    /// Factors from 1 upwards whose window fits into `image` and whose window's sides lie within `sides`.
    ///
    /// The factor nearest to the smallest side alone where none lies within; none where the picture is too small.
    static func factors(
        for image: Size, window: Size, growth: Double, smallestSide: Int, largestSide: Int?
    ) -> [Float] {
        guard image.width >= window.width, image.height >= window.height else { return [] }
        var factors: [Float] = []
        var factor = 1.0
        while scaled(window.width, factor) <= image.width, scaled(window.height, factor) <= image.height {
            factors.append(Float(factor))
            factor *= growth
        }
        let wanted = factors.filter { factor in
            let (width, height) = (scaled(window.width, factor), scaled(window.height, factor))
            let largest = largestSide ?? max(image.width, image.height)
            return min(width, height) >= smallestSide && max(width, height) <= largest
        }
        guard wanted.isEmpty else { return wanted }
        let nearest = factors.min { distance($0, window, smallestSide) < distance($1, window, smallestSide) }
        return nearest.map { [$0] } ?? []
    }

    /// `length` times `factor`, to the nearest whole number, halves to the even one.
    static func scaled(_ length: Int, _ factor: Double) -> Int {
        Int((Double(length) * factor).rounded(.toNearestOrEven))
    }

    /// `length` times `factor` in single precision.
    static func scaled(_ length: Int, _ factor: Float) -> Int {
        Int((Float(length) * factor).rounded(.toNearestOrEven))
    }

    /// `length` divided by `factor` in single precision.
    static func reduced(_ length: Int, _ factor: Float) -> Int {
        Int((Float(length) / factor).rounded(.toNearestOrEven))
    }

    private static func distance(_ factor: Float, _ window: Size, _ side: Int) -> Int {
        let (width, height) = (side - scaled(window.width, factor), side - scaled(window.height, factor))
        return width * width + height * height
    }
}
