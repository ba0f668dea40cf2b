internal import TensorEngine

/// One register tile of a matrix product: what a compiled kernel is specialised to.
///
/// The kernel computes `rows × width` outputs at a time, for as many tiles down the rows as its caller asks: activations
/// are read in place, one float broadcast at a time, weights come packed as `[depth, width]`. A convolution is the same
/// product with its depth cut into segments, one a kernel row, that lie apart in the activations.
struct MatrixTile: Hashable, Sendable {
    /// Output rows a tile, the accumulators' first dimension.
    var rows: Int
    /// The registers that make up the tile's width, widest first.
    let vectors: [VectorRegister.Width]
    /// Floats in each contiguous run of activations, and how many runs there are.
    let segmentLength: Int
    let segments: Int
    /// Floats from one row of activations to the next.
    let inputStride: Int
    /// Floats from one row of outputs to the next; residuals lie likewise.
    let outputStride: Int
    let activation: Activation
    /// Before the activation.
    let addsResidual: Bool
    /// Which steps are ``PairedProducts``: of one segment of an even length; nil where all are plain.
    let pairing: PairedProducts?
    /// In which type of element weights come: a shorter one for layers of one row, which wait for their weights.
    let weights: ElementType
    /// How the next panel's weights are asked for; nil where they are not.
    var prefetch: WeightPrefetch?

    /// - Parameters:
    ///   - form: of the whole product.
    ///   - weights: the type of element that they come in.
    init(
        _ form: MatrixForm, rows: Int = 1, vectors: [VectorRegister.Width], outputStride: Int,
        pairing: PairedProducts? = nil, weights: ElementType = .float32
    ) {
        precondition(pairing == nil || weights == .float32, "pairs are added to single precision")
        precondition(
            pairing == nil || form.segments == 1 && form.segmentLength % 2 == 0,
            "no pairs in \(form.segments) segments of \(form.segmentLength) steps")
        self.rows = rows
        self.vectors = vectors
        segmentLength = form.segmentLength
        segments = form.segments
        inputStride = form.inputStride
        self.outputStride = outputStride
        activation = form.activation
        addsResidual = form.addsResidual
        self.pairing = pairing
        self.weights = weights
    }

    var isPaired: Bool { pairing != nil }

    /// Of a weight.
    var weightBytes: Int { weights.byteCount }

    /// Output channels a tile.
    var width: Int { vectors.floats }

    /// Registers for the sums of activation and weight of a pair, and with AVX2 for the activations too; fewer would make one
    /// pair wait for another.
    static let pairTemporaries = 4

    /// Registers a kernel needs besides its accumulators: one for each vector of weights and one for the activation, or
    /// those of a pair of steps, and never fewer than the three that an epilogue uses.
    private static func workingRegisters(vectors: Int, isPaired: Bool) -> Int {
        isPaired ? 2 * vectors + pairTemporaries : max(vectors + 1, 3)
    }

    /// The most rows whose accumulators fit the registers beside weights and activation.
    static func largestRows(vectors: Int, isPaired: Bool = false, _ target: X86Target) -> Int {
        (target.registers - workingRegisters(vectors: vectors, isPaired: isPaired)) / vectors
    }

    /// What a kernel is called with; the layout is part of the machine code.
    struct Arguments {
        var input: UnsafePointer<Float>
        /// `[depth, width]`; halves where they are.
        var weights: UnsafePointer<Float>
        /// `width` biases, then `width` slopes for PReLU.
        var parameters: UnsafePointer<Float>
        var output: UnsafeMutablePointer<Float>
        var residual: UnsafePointer<Float>
        var tiles: Int
        var constants: UnsafeRawPointer
        /// Bytes from the end of one run of activations to the beginning of the next.
        var segmentGap: Int
        /// A row's ``PairSums`` each, for a paired tile.
        var pairSums: UnsafePointer<Float>
        /// Bytes from the weights to what the first tile asks for ahead.
        var ahead: Int

        /// A call without residual, pairs, segments and requests ahead, which the caller adds.
        ///
        /// - Parameter exponent: the sums are 2 to this power times the arguments of SiLU.
        init(
            input: UnsafePointer<Float>, weights: UnsafePointer<Float>, parameters: UnsafePointer<Float>,
            output: UnsafeMutablePointer<Float>, tiles: Int, constants: borrowing ConstantPool, exponent: Int = 0
        ) {
            self.input = input
            self.weights = weights
            self.parameters = parameters
            self.output = output
            residual = UnsafePointer(output)
            self.tiles = tiles
            self.constants = constants.base(exponent: exponent)
            segmentGap = 0
            pairSums = input
            ahead = 0
        }

        /// - Parameter floats: from the end of one run of activations to the beginning of the next.
        mutating func setSegmentGap(_ floats: Int) { segmentGap = floats * MemoryLayout<Float>.stride }

        /// - Parameters:
        ///   - floats: from the panel's weights to the next panel's.
        ///   - firstTile: how many tiles of the panel are computed before these.
        mutating func setAhead(_ floats: Int, firstTile: Int) {
            ahead = floats * MemoryLayout<Float>.stride + firstTile * WeightPrefetch.lineBytes
        }
    }
}
