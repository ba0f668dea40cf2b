/// Which steps of a sum of products are computed two at a time by adding first and multiplying once.
///
/// x₀w₀ + x₁w₁ = (x₀ + w₁)(x₁ + w₀) − x₀x₁ − w₀w₁: one multiplication and two additions for each pair, where the plain
/// form has two multiplications. The sums of x₀x₁ belong to a row of activations and those of w₀w₁ to a column of weights;
/// each is computed once and taken off at the end. Where adders and multipliers are units of their own, a mixture of pairs
/// and plain steps keeps both busy.
///
/// Rounding errors grow with the squares of activations and weights instead of their products, which single precision can
/// afford where neither is far larger than the other. Weights are therefore multiplied by a power of two that makes them as
/// large as activations usually are, and the sums with them; SiLU takes that off without an instruction more.
///
/// - Source: S. Winograd, A New Algorithm for Inner Product, IEEE Transactions on Computers C-17 (1968), 693–694.
package struct PairedProducts: Hashable, Sendable {
    /// Steps after which the pattern repeats: pairs first, then plain steps.
    let period: Int
    /// Steps of a period that are paired, an even number.
    let pairedSteps: Int
    /// Depth of a product from which on pairs are worth the sums that they need.
    let leastDepth: Int
    /// Columns from which on they are: all share the sums of a row.
    let leastColumns: Int

    /// Two pairs for every two plain steps: six steps in the time of four, where activations are added from memory.
    static let avx512 = PairedProducts(period: 6, pairedSteps: 4, leastDepth: 16, leastColumns: 8)

    /// One pair for every two plain steps: such a processor starts about three of these instructions a cycle, no more than
    /// two of which multiply, so that four steps take little more than the time of three.
    static let avx2 = PairedProducts(period: 4, pairedSteps: 2, leastDepth: 48, leastColumns: 128)

    /// Root mean square of activations that are multiplied by far smaller weights, as a rule: in EfficientNet-B2 the inputs
    /// of expansions have 2.6 to 10, with FER2013 pictures, and their weights 0.005 to 0.08.
    static let usualActivation: Float = 6

    /// Whether steps `step`, which is even, and `step + 1` are a pair.
    func isPair(at step: Int) -> Bool { step % period < pairedSteps }
}
