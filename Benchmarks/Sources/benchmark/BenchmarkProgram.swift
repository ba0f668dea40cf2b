import EmotionRecognition
import ModelWeights
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
            let workload = try Workload(framePath: options.frame)
            switch options.mode {
            case .measure: try measure(workload, options)
            case .serve: try Server(workload).serve()
            case .passes(let count):
                passes(count, of: workload)
            }
        } catch {
            print("benchmark: \(error)")
            exit(1)
        }
    }

    /// Runs `count` forward passes between two signals, at which a debugger may begin and end to count.
    private static func passes(_ count: Int, of workload: Workload) {
        signal(SIGUSR1, SIG_IGN)
        _ = workload.logits(batch: 1)
        workload.classifier.network.repeatPass(Self.unsteadyPasses)
        raise(SIGUSR1)
        workload.classifier.network.repeatPass(count)
        raise(SIGUSR1)
    }

    /// Passes until everything that is made on first use is made.
    private static let unsteadyPasses = 3

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
        ClassifierSuite.measure(workload.classifier, workload.layers, in: &run)
        try DetectorSuite.measure(weights, on: workload.frame, in: &run)
        for side in DetectorSuite.smallestFaces {
            try FrameSuite(minimumFace: side).measure(workload.frame, in: &run)
        }
        ImagingSuite.measure(workload.frame, specification: workload.classifier.specification, in: &run)
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
