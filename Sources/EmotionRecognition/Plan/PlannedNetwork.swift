import Synchronization
package import TensorEngine

/// A planned network that any number of callers may use at once.
///
/// Forward passes and their memory are kept for reuse: those that all threads share, and smaller ones for whole pictures
/// of a batch, which a thread computes alone; of either at most as many as the pool has threads.
package final class PlannedNetwork: Sendable {
    let plan: NetworkPlan
    private let workers: WorkerPool
    private let idle = Mutex(IdlePasses())

    private struct IdlePasses {
        var shared: [ForwardPass] = []
        var alone: [ForwardPass] = []

        mutating func take(shared isShared: Bool) -> ForwardPass? { isShared ? shared.popLast() : alone.popLast() }

        mutating func keep(_ pass: ForwardPass, shared isShared: Bool, atMost limit: Int) {
            if isShared {
                if shared.count < limit { shared.append(pass) }
            } else if alone.count < limit {
                alone.append(pass)
            }
        }
    }

    package var path: KernelPath { plan.path }

    /// The numbers of the backbone's blocks.
    package var blocks: Range<Int> { plan.blocks.indices }

    init(_ plan: NetworkPlan, workers: WorkerPool) {
        self.plan = plan
        self.workers = workers
    }

    /// - Parameter input: `[N, H, W, 3]` of the planned size.
    /// - Returns: `[N, classes]`.
    func logits(for input: Tensor) -> Tensor {
        let batch = input.batch
        precondition(
            input.size == plan.input && input.channels == 3, "[N, \(plan.input), 3] expected, found \(input.shape)")
        return Tensor(shape: [batch, plan.classes]) { logits in
            input.withPointer { pictures in
                // Whole pictures a thread need no waiting for one another; what is left over is shared picture by picture.
                let alone = workers.threads > 1 ? batch / workers.threads * workers.threads : 0
                workers.run(batch > 1 ? alone : 0) { index in classify(pictures, index, into: logits, on: nil) }
                for index in (batch > 1 ? alone : 0)..<batch { classify(pictures, index, into: logits, on: workers) }
            }
        }
    }

    private func classify(
        _ pictures: UnsafePointer<Float>, _ index: Int, into logits: UnsafeMutablePointer<Float>,
        on workers: WorkerPool?
    ) {
        withPass(sharedBy: workers) { pass in
            pass.take(pictures + index * plan.input.area * 3, on: workers)
            pass.run(on: workers)
            (logits + index * plan.classes).update(from: pass.logits, count: plan.classes)
        }
    }

    /// What `block` gives the next one, and the features, of each picture: for training the layers behind them.
    ///
    /// - Parameter input: `[N, H, W, 3]` of the planned size.
    /// - Returns: `[N, h, w, channels]` and `[N, 1, 1, features]`, one behind the other for each picture.
    package func activations(after block: Int, for input: Tensor) -> [Float] {
        let (output, features) = (plan.blocks[block].output, plan.last.columns)
        let map = output.area * plan.blocks[block].outputChannels
        return [Float](unsafeUninitializedCapacity: input.batch * (map + features)) { values, count in
            nonisolated(unsafe) let start = values.baseAddress
            input.withPointer { pictures in
                nonisolated(unsafe) let pictures = pictures
                workers.run(input.batch) { [plan] index in
                    guard let target = start.map({ $0 + index * (map + features) }) else { return }
                    withPass(sharedBy: nil) { pass in
                        pass.take(pictures + index * plan.input.area * 3, on: nil)
                        pass.run(on: nil) { step in
                            guard case .projection(block) = step else { return }
                            target.update(from: pass.map, count: map)
                        }
                        (target + map).update(from: pass.address(pass.buffers.features), count: features)
                    }
                }
            }
            count = input.batch * (map + features)
        }
    }

    /// Runs `count` forward passes on whatever picture was there last, for those who time the steps or count
    /// allocations.
    package func repeatPass(_ count: Int, after report: (PassStep) -> Void = { _ in }) {
        withPass(sharedBy: workers) { pass in
            for _ in 0..<count { pass.run(on: workers, after: report) }
        }
    }

    /// Calls `body` with a forward pass that is nobody else's for the time.
    ///
    /// - Parameter sharers: the pool that the pass will run on; nil for one thread alone.
    private func withPass(sharedBy sharers: WorkerPool?, _ body: (ForwardPass) -> Void) {
        let isShared = sharers != nil
        let pass = idle.withLock { $0.take(shared: isShared) } ?? ForwardPass(plan, threads: sharers?.threads ?? 1)
        body(pass)
        idle.withLock { $0.keep(pass, shared: isShared, atMost: workers.threads) }
    }
}
