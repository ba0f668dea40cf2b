import COpenBLAS
import TensorEngine

/// How many floating-point operations a second this machine reaches at best, measured in the same run.
///
/// A large square matrix product through OpenBLAS, whose kernels keep the fused multiply-add units of every x86-64 and
/// arm64 processor above 90 % busy; a loop in portable Swift cannot, since it has no fused multiply-add to compile to.
/// The best of several runs counts, as noise only ever slows a run down.
struct PeakMeasurement: Codable {
    /// One core's best, billions of operations a second.
    let gigaflopsPerCore: Double
    let method: String

    private static let side = 384
    private static let runs = 200

    init() {
        let side = Self.side
        let shape: Shape = [side, side]
        let (a, b) = (Tensor(repeating: 0.5, shape: shape), Tensor(repeating: 0.25, shape: shape))
        let times = (0..<Self.runs).map { _ in Timing(of: { _ = a.multiplied(by: b) }).wall }
        gigaflopsPerCore = 2 * Double(side * side * side) / Quantiles(times).minimum / 1e9
        method = "sgemm \(side)×\(side)×\(side), one thread, best of \(Self.runs)"
    }
}
