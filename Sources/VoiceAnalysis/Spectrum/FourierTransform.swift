#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The power spectrum of real samples, by a complex transform of half the length.
///
/// - Source: Cooley and Tukey, 1965, doi:10.1090/S0025-5718-1965-0178586-1; the split of real input as in Press et al.,
///   "Numerical Recipes", 12.3.
struct FourierTransform {
    /// Samples, a power of two.
    let count: Int
    /// e^(−2πik / count) for k below half of it.
    private let cosines: [Double]
    private let sines: [Double]
    /// Of each place in the half as long transform, the one that its bits spell backwards.
    private let reversed: [Int]

    /// - Precondition: `count` is a power of two, at least 4.
    init(count: Int) {
        precondition(count >= 4 && count & (count - 1) == 0, "\(count) is no power of two")
        self.count = count
        let half = count / 2
        cosines = (0..<half).map { cos(2 * Double.pi * Double($0) / Double(count)) }
        sines = (0..<half).map { -sin(2 * Double.pi * Double($0) / Double(count)) }
        let bits = half.trailingZeroBitCount
        reversed = (0..<half).map { place in
            (0..<bits).reduce(0) { $0 | (place >> $1 & 1) << (bits - 1 - $1) }
        }
    }

    /// |X|² of frequencies 0 to half the rate, `count` / 2 + 1 of them, of samples that are 0 until they are written.
    ///
    /// - Complexity: O(n log n); allocates nothing that stays.
    func withPower(
        of write: (UnsafeMutableBufferPointer<Double>) -> Void, _ read: (UnsafeMutableBufferPointer<Double>) -> Void
    ) {
        let half = count / 2
        withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * count + half + 1) { room in
            let part = { (begin: Int, count: Int) in
                UnsafeMutableBufferPointer(rebasing: room[begin..<(begin + count)])
            }
            let (samples, real, imaginary) = (part(0, count), part(count, half), part(count + half, half))
            let power = part(2 * count, half + 1)
            samples.initialize(repeating: 0)
            write(samples)
            // Even samples as real parts, odd ones as imaginary parts.
            for (place, source) in reversed.enumerated() {
                real[place] = samples[2 * source]
                imaginary[place] = samples[2 * source + 1]
            }
            transform(real, imaginary)
            join(real, imaginary, into: power)
            read(power)
        }
    }

    /// The power of the whole from the transform of its halves.
    private func join(
        _ real: UnsafeMutableBufferPointer<Double>, _ imaginary: UnsafeMutableBufferPointer<Double>,
        into result: UnsafeMutableBufferPointer<Double>
    ) {
        let half = count / 2
        let (sum, difference) = (real[0] + imaginary[0], real[0] - imaginary[0])
        result[0] = sum * sum
        result[half] = difference * difference
        for index in 1..<half {
            let mirrored = half - index
            // Of the even samples, and of the odd ones.
            let evenReal = (real[index] + real[mirrored]) / 2
            let evenImaginary = (imaginary[index] - imaginary[mirrored]) / 2
            let oddReal = (imaginary[index] + imaginary[mirrored]) / 2
            let oddImaginary = (real[mirrored] - real[index]) / 2
            let (cosine, sine) = (cosines[index], sines[index])
            let first = evenReal + cosine * oddReal - sine * oddImaginary
            let second = evenImaginary + cosine * oddImaginary + sine * oddReal
            result[index] = first * first + second * second
        }
    }

    /// The butterflies of a complex transform of half the length, on input in reversed order.
    private func transform(
        _ real: UnsafeMutableBufferPointer<Double>, _ imaginary: UnsafeMutableBufferPointer<Double>
    ) {
        var span = 1
        while span < real.count {
            // The angle goes round in 2·span steps; the table has `count` of them.
            let step = count / (2 * span)
            for start in stride(from: 0, to: real.count, by: 2 * span) {
                for offset in 0..<span {
                    let (cosine, sine) = (cosines[offset * step], sines[offset * step])
                    let (low, high) = (start + offset, start + offset + span)
                    let turnedReal = real[high] * cosine - imaginary[high] * sine
                    let turnedImaginary = real[high] * sine + imaginary[high] * cosine
                    (real[high], imaginary[high]) = (real[low] - turnedReal, imaginary[low] - turnedImaginary)
                    real[low] += turnedReal
                    imaginary[low] += turnedImaginary
                }
            }
            span *= 2
        }
    }
}
