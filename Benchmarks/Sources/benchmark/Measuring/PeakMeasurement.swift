import TensorEngine
import X86Kernels

/// How many floating-point operations a second one core reaches at best, measured in the same run.
///
/// A loop of fused multiply-adds on registers where machine code can be made; elsewhere a large matrix product, which a
/// good BLAS runs above 90 % of the peak. Portable Swift cannot tell: it has no fused multiply-add to compile to. The
/// best of many runs counts, since noise only ever slows a run down.
struct PeakMeasurement: Codable {
    /// Billions of operations a second.
    let gigaflopsPerCore: Double
    let method: String

    private static let side = 384
    private static let runs = 300

    init() {
        if let loop = MultiplyAddLoop() {
            gigaflopsPerCore = Self.best(operations: loop.operations) { loop() }
            method = "fused multiply-adds on registers, \(loop.target)"
        } else {
            let side = Self.side
            let shape: Shape = [side, side]
            let (a, b) = (Tensor(repeating: 0.5, shape: shape), Tensor(repeating: 0.25, shape: shape))
            gigaflopsPerCore = Self.best(operations: 2 * Double(side * side * side)) { _ = a.multiplied(by: b) }
            method = "matrix product of \(side)×\(side)×\(side) through OpenBLAS"
        }
    }

    private static func best(operations: Double, _ work: () -> Void) -> Double {
        let times = (0..<runs).map { _ in Timing(of: work).wall }
        return operations / Quantiles(times).minimum / 1e9
    }
}
