/// One register tile of a matrix product: what a made kernel is specialised to.
///
/// The kernel computes `rows × width` outputs at a time, for as many tiles down the rows as its caller asks: activations
/// are read in place, one float broadcast at a time, weights come packed as `[depth, width]`. A convolution is the same
/// product with its depth cut into segments, one a kernel row, that lie apart in the activations.
package struct MatrixTile: Hashable, Sendable {
    /// Output rows a tile, the accumulators' first dimension.
    package var rows: Int
    /// The registers that make up the tile's width, widest first.
    package var vectors: [VectorRegister.Width]
    /// Floats in each contiguous run of activations, and how many runs there are.
    package var segmentLength: Int
    package var segments: Int
    /// Floats from one row of activations to the next.
    package var inputStride: Int
    /// Floats from one row of outputs to the next; residuals lie likewise.
    package var outputStride: Int
    package var activation: MadeActivation
    /// Before the activation.
    package var addsResidual: Bool
    /// Which steps are ``PairedProducts``: of one segment of an even length; nil where all are plain.
    package var pairing: PairedProducts?
    /// Whether weights come as halves: for layers of one row, which wait for their weights.
    package var weightsAreHalves: Bool
    /// How the next panel's weights are asked for; nil where they are not.
    var prefetch: WeightPrefetch?

    package init(
        rows: Int, vectors: [VectorRegister.Width], segmentLength: Int, segments: Int = 1,
        inputStride: Int, outputStride: Int, activation: MadeActivation = .identity, addsResidual: Bool = false,
        pairing: PairedProducts? = nil, weightsAreHalves: Bool = false
    ) {
        precondition(pairing == nil || !weightsAreHalves, "pairs are added to single precision")
        precondition(
            pairing == nil || segments == 1 && segmentLength % 2 == 0,
            "no pairs in \(segments) segments of \(segmentLength) steps")
        self.rows = rows
        self.vectors = vectors
        self.segmentLength = segmentLength
        self.segments = segments
        self.inputStride = inputStride
        self.outputStride = outputStride
        self.activation = activation
        self.addsResidual = addsResidual
        self.pairing = pairing
        self.weightsAreHalves = weightsAreHalves
    }

    var isPaired: Bool { pairing != nil }

    /// Of a weight.
    var weightBytes: Int { weightsAreHalves ? 2 : 4 }

    /// Output channels a tile.
    package var width: Int { vectors.floats }

    /// Registers for the sums of activation and weight of a pair, and with AVX2 for the activations too; fewer would make one
    /// pair wait for another.
    static let pairTemporaries = 4

    /// Registers a kernel needs besides its accumulators: one for each vector of weights and one for the activation, or
    /// those of a pair of steps, and never fewer than the three that an epilogue uses.
    private static func workingRegisters(vectors: Int, isPaired: Bool) -> Int {
        isPaired ? 2 * vectors + pairTemporaries : max(vectors + 1, 3)
    }

    /// The most rows whose accumulators fit the registers beside weights and activation.
    package static func largestRows(vectors: Int, isPaired: Bool = false, _ set: InstructionSet) -> Int {
        (set.registers - workingRegisters(vectors: vectors, isPaired: isPaired)) / vectors
    }

    /// What a kernel is called with; the layout is part of the machine code.
    package struct Arguments {
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

        /// - Parameters:
        ///   - ahead: floats from the panel's weights to the next panel's.
        ///   - firstTile: how many tiles of the panel are computed before these.
        ///   - exponent: the sums are 2 to this power times the arguments of SiLU.
        package init(
            input: UnsafePointer<Float>, weights: UnsafePointer<Float>, parameters: UnsafePointer<Float>,
            output: UnsafeMutablePointer<Float>, residual: UnsafePointer<Float>?, tiles: Int,
            segmentGap: Int = 0, pairSums: UnsafePointer<Float>? = nil, ahead: Int, firstTile: Int,
            constants: borrowing ConstantPool, exponent: Int = 0
        ) {
            self.input = input
            self.weights = weights
            self.parameters = parameters
            self.output = output
            self.residual = residual ?? UnsafePointer(output)
            self.tiles = tiles
            self.constants = constants.base(exponent: exponent)
            self.segmentGap = segmentGap * MemoryLayout<Float>.stride
            self.pairSums = pairSums ?? input
            self.ahead = ahead * MemoryLayout<Float>.stride + firstTile * WeightPrefetch.lineBytes
        }
    }
}
