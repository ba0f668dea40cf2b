import TensorEngine
import TransformerLayers
import WeightFile

/// One caller's memory for the encoder, and the encoder's way through it. Used by one caller at a time.
///
/// A layer is two pieces of work that are shared: each head's queries, keys, values and attention, then, for runs of
/// tokens, everything else, since that concerns each token alone.
final class EncoderPass: @unchecked Sendable {
    let plan: EncoderPlan
    private let pieces: StoredMatrix
    private let memory: UnsafeMutablePointer<Float>
    private let buffers: Buffers
    private let threads: Int
    /// Rows at most.
    let capacity: Int

    // What the pass is at, for the threads that share it.
    private var batch = EncoderBatch([], threads: 1)
    private var layer = 0

    private struct Buffers {
        /// `[rows, channels]`, the tokens as they are.
        let tokens: Arena.Buffer
        /// `[rows, channels]`, what the heads found.
        let context: Arena.Buffer
        /// A float a row, for ``MatrixKernel/sumPairs(rows:input:into:)``.
        let pairSums: Arena.Buffer
        let threads: [Thread]

        /// What a thread needs for itself.
        struct Thread {
            /// `[rows, 3 · head's channels]` of a group.
            let head: Arena.Buffer
            /// `[head's channels, rows]` of a text.
            let keys: Arena.Buffer
            /// `[rows, rows]` of a text.
            let scores: Arena.Buffer
            /// `[rows, inner]` of a run.
            let inner: Arena.Buffer
            let pairSums: Arena.Buffer
        }
    }

    /// - Parameters:
    ///   - capacity: rows at most.
    ///   - threads: of the pool that will share the work.
    init(_ plan: EncoderPlan, pieces: StoredMatrix, capacity: Int, threads: Int) {
        let shape = plan.shape
        self.plan = plan
        self.pieces = pieces
        self.capacity = capacity
        self.threads = threads
        var arena = Arena()
        let longest = Attention.stride(of: shape.longestInput)
        buffers = Buffers(
            tokens: arena.reserve(capacity * shape.channels), context: arena.reserve(capacity * shape.channels),
            pairSums: arena.reserve(capacity),
            threads: (0..<threads).map { _ in
                Buffers.Thread(
                    head: arena.reserve(capacity * 3 * shape.headChannels),
                    keys: arena.reserve(shape.headChannels * longest), scores: arena.reserve(longest * longest),
                    inner: arena.reserve(EncoderBatch.largestRun * shape.inner),
                    pairSums: arena.reserve(EncoderBatch.largestRun))
            })
        let bytes = UnsafeMutableRawPointer.allocate(byteCount: max(arena.count, 1) * 4, alignment: 64)
        memory = bytes.bindMemory(to: Float.self, capacity: max(arena.count, 1))
    }

    deinit { memory.deallocate() }

    private func address(_ buffer: Arena.Buffer) -> UnsafeMutablePointer<Float> {
        Arena.address(of: buffer, in: memory)
    }

    /// The unit vector of each text.
    ///
    /// - Precondition: no text is empty or longer than the longest input, and all have at most ``capacity`` tokens.
    func vectors(of texts: [[Int32]], on workers: WorkerPool) -> [[Float]] {
        batch = EncoderBatch(texts, threads: threads)
        precondition(batch.tokens.count <= capacity, "\(batch.tokens.count) tokens do not fit in \(capacity) rows")
        share(batch.runs.count, on: workers) { pass, run, _ in pass.begin(pass.batch.runs[run]) }
        for layer in plan.blocks.indices {
            self.layer = layer
            share(plan.shape.heads * batch.groups.count, on: workers) { pass, index, thread in
                let (head, group) = index.quotientAndRemainder(dividingBy: pass.batch.groups.count)
                pass.attend(head, pass.batch.groups[group], thread)
            }
            share(batch.runs.count, on: workers) { pass, run, thread in pass.finish(pass.batch.runs[run], thread) }
        }
        return batch.texts.map(mean)
    }

    private typealias Work = (EncoderPass, Int, Int) -> Void

    /// What the threads are called with.
    private struct Job {
        let pass: EncoderPass
        let work: Work
    }

    private func share(_ count: Int, on workers: WorkerPool, _ work: @escaping Work) {
        withUnsafePointer(to: Job(pass: self, work: work)) {
            workers.run(count, context: UnsafeRawPointer($0)) { context, index, thread in
                let job = context.assumingMemoryBound(to: Job.self)
                job.pointee.work(job.pointee.pass, index, thread)
            }
        }
    }

    /// Each token's piece and place, added and normalised.
    private func begin(_ rows: Range<Int>) {
        let channels = plan.shape.channels
        let tokens = address(buffers.tokens)
        var text = batch.texts.firstIndex { $0.contains(rows.lowerBound) } ?? 0
        plan.positions.withPointer { positions in
            for row in rows {
                while !batch.texts[text].contains(row) { text += 1 }
                let place = positions + (row - batch.texts[text].lowerBound) * channels
                let target = tokens + row * channels
                pieces.write(output: Int(batch.tokens[row]), to: target)
                for channel in Swift.stride(from: 0, to: channels, by: 8) {
                    target.storeVector(target.loadVector(channel) + place.loadVector(channel), channel)
                }
            }
        }
        normalise(rows, plan.inputNorm)
        sumPairs(plan.blocks[0].heads, rows)
    }

    /// What one head finds in the texts of a group.
    private func attend(_ head: Int, _ group: Range<Int>, _ thread: Int) {
        let shape = plan.shape
        let (width, pitch) = (shape.headChannels, 3 * shape.headChannels)
        let scratch = buffers.threads[thread]
        let rows = batch.rows(of: group)
        let queries = address(scratch.head)
        var operands = MatrixOperands(
            slice: head, rows: rows.count, input: address(buffers.tokens) + rows.lowerBound * shape.channels,
            output: queries)
        operands.pairSums = UnsafePointer(address(buffers.pairSums) + rows.lowerBound)
        plan.blocks[layer].heads.run(operands)
        for text in batch.texts[group] {
            let attention = Attention(
                length: text.count, width: width, pitch: pitch, keys: address(scratch.keys),
                scores: address(scratch.scores))
            attention.run(
                queries + (text.lowerBound - rows.lowerBound) * pitch,
                into: address(buffers.context) + text.lowerBound * shape.channels + head * width,
                stride: shape.channels)
        }
    }

    /// The rest of a layer for some tokens.
    private func finish(_ rows: Range<Int>, _ thread: Int) {
        let (block, channels) = (plan.blocks[layer], plan.shape.channels)
        let scratch = buffers.threads[thread]
        let tokens = address(buffers.tokens) + rows.lowerBound * channels
        let context = address(buffers.context) + rows.lowerBound * channels
        let (inner, sums) = (address(scratch.inner), address(scratch.pairSums))
        multiply(block.context, rows.count, context, into: tokens, sums)
        normalise(rows, block.contextNorm)
        block.widening.sumPairs(rows: rows.count, input: tokens, into: sums)
        for slice in block.widening.slices.indices {
            let columns = block.widening.slices[slice].columns
            var operands = MatrixOperands(
                slice: slice, rows: rows.count, input: tokens, output: inner + columns.lowerBound)
            operands.pairSums = UnsafePointer(sums)
            block.widening.run(operands)
            VectorFunctions.applyGELU(
                inner + columns.lowerBound, rows: rows.count, columns: columns.count, stride: plan.shape.inner)
        }
        multiply(block.narrowing, rows.count, inner, into: tokens, sums)
        normalise(rows, block.outputNorm)
        if layer + 1 < plan.blocks.count { sumPairs(plan.blocks[layer + 1].heads, rows) }
    }

    /// Adds a product to the tokens.
    private func multiply(
        _ kernel: any MatrixKernel, _ rows: Int, _ input: UnsafeMutablePointer<Float>,
        into tokens: UnsafeMutablePointer<Float>, _ sums: UnsafeMutablePointer<Float>
    ) {
        kernel.sumPairs(rows: rows, input: input, into: sums)
        var operands = MatrixOperands(rows: rows, input: input, output: tokens)
        (operands.residual, operands.pairSums) = (UnsafePointer(tokens), UnsafePointer(sums))
        kernel.run(operands)
    }

    private func sumPairs(_ kernel: any MatrixKernel, _ rows: Range<Int>) {
        kernel.sumPairs(
            rows: rows.count, input: address(buffers.tokens) + rows.lowerBound * plan.shape.channels,
            into: address(buffers.pairSums) + rows.lowerBound)
    }

    private func normalise(_ rows: Range<Int>, _ norm: LayerNorm) {
        let tokens = address(buffers.tokens) + rows.lowerBound * plan.shape.channels
        norm.apply(rows: rows.count, from: tokens, to: tokens)
    }

    /// The mean of a text's tokens, at length 1.
    private func mean(_ rows: Range<Int>) -> [Float] {
        let channels = plan.shape.channels
        let tokens = address(buffers.tokens)
        var sums = [Float](repeating: 0, count: channels)
        for row in rows {
            for channel in 0..<channels { sums[channel] += tokens[row * channels + channel] }
        }
        let length = sums.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return sums.map { $0 / max(length, .leastNormalMagnitude) }
    }
}
