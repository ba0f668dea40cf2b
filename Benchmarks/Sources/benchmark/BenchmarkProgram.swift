import EmotionRecognition
import ModelWeights
import NetworkPlanning
import TensorEngine

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Times this package's networks, layers and kernels on the machine it runs on.
@main
enum BenchmarkProgram {
    static func main() {
        guard let options = Options(Array(CommandLine.arguments.dropFirst())) else {
            print(Options.usage)
            exit(2)
        }
        if let threads = options.threads { ThreadLimit.require(threads) }
        do {
            switch options.mode {
            case .measure: try measure(Workload(framePath: options.frame), options)
            case .serve: try Server(Workload(framePath: options.frame)).serve()
            case .passes(let count):
                let workload = try Workload(framePath: options.frame)
                _ = workload.logits(batch: 1)
                workload.classifier.network.repeatPass(count, on: workload.input(batch: 1))
            case .exchange: printExchange()
            case .allocations(let passes):
                let check = AllocationCheck(passes: passes, threads: options.threads ?? usualThreads)
                if !(try check.run()) { exit(1) }
            case .agree(let folder, let limit):
                if !(try PathAgreement(folder: folder, limit: limit).run()) { exit(1) }
            }
        } catch {
            print("benchmark: \(error)")
            exit(1)
        }
    }

    private static func printExchange() {
        // On one processor each would wait for the other's turn to end.
        guard Processors.available > 1 else {
            print("benchmark: two processors are needed to exchange anything")
            exit(1)
        }
        print(CacheLineExchange.nanoseconds(WorkerPool(threads: 2)))
    }

    /// Threads whose allocations are counted.
    private static let usualThreads = 2

    private static func measure(_ workload: Workload, _ options: Options) throws {
        let threads = WorkerPool.shared.threads
        let peak = PeakMeasurement()
        let machine = Machine()
        print("\(machine.processor), \(machine.cores) cores, \(threads) threads; \(machine.openBLAS)")
        print("peak \(TableRow.decimal(peak.gigaflopsPerCore, places: 1)) GFLOP/s a core: \(peak.method)")
        print(TableRow.header)
        var run = BenchmarkRun(
            stopwatch: options.isQuick ? .quick : .thorough, filter: options.filter, threads: threads,
            gigaflopsPerCore: peak.gigaflopsPerCore)
        let weights = BundledModel.mtcnn.path
        try LoadingSuite.measure(in: &run)
        let trace = LayerTrace(of: workload.layers.backbone, on: workload.input(batch: 1))
        ClassifierSuite.measure(workload.classifier, trace, in: &run)
        try DetectorSuite.measure(weights, on: workload.frame, in: &run)
        for side in DetectorSuite.smallestFaces {
            try FrameSuite(minimumFace: side).measure(workload.frame, in: &run)
        }
        ImagingSuite.measure(workload.frame, specification: workload.classifier.specification, in: &run)
        PlannedKernelSuite.measure(trace, in: &run)
        KernelSuite.measure(in: &run)
        let report = Report(
            commit: options.commit, time: Double(time(nil)), machine: machine, threads: threads,
            kernels: KernelChoice.current, peak: peak, memory: ProcessMemory(), measurements: run.measurements)
        if let path = options.json {
            guard TextFile.write(try report.json(), to: path) else {
                print("benchmark: cannot write \(path)")
                exit(1)
            }
        }
    }
}
