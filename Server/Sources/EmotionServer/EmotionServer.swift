import Dispatch
import EmotionDetection
import Hummingbird
import HummingbirdCore
import ImageCodecs
import InferenceQueue
import Logging
import Metrics
import NIOCore
import PostgreSQLSessionStore
import PrometheusMetrics
import SentenceEmbedding
import ServiceLifecycle
import ServiceRoutes
import SessionStore
import TaskHandOver
import UnixSignals
import VoiceQueue

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The parts of the service, put together and run until a signal ends them.
struct EmotionServer {
    private let configuration: Configuration

    init(_ configuration: Configuration) { self.configuration = configuration }

    func run() async throws {
        let level = configuration.logLevel
        LoggingSystem.bootstrap { _ in JSONLogHandler(logLevel: level) }
        let registry = PrometheusRegistry()
        MetricsSystem.bootstrap(registry)
        let logger = Logger(label: "emotion-server")

        let files = ServiceFiles(publicFolder: configuration.publicFolder)
        let page = try files.page()
        if page.isEmpty { logger.warning("the practice page was not found; only the interface is served") }
        let store = try Self.store(configuration.database)
        let detector = try EmotionDetector(
            .init(
                weightsFolder: configuration.weights, faceDetector: .init(longestSide: Self.longestSide),
                search: .init(selection: FaceSelection(.size, limit: Self.mostFaces)), loading: .onFirstUse,
                threads: configuration.threads))
        let queue = InferenceQueue(
            detector,
            limits: .init(capacity: configuration.queueCapacity, batch: configuration.batch, decoding: Self.decoding),
            observer: Self.observer)
        let voices = VoiceQueue(
            weightsIn: WeightSearch(folder: configuration.weights),
            longest: VoiceQueue.longest(within: configuration.service.heldBytes))
        let readiness = Readiness()
        let models = ServiceModels(
            detector: detector, pictures: queue, voices: voices,
            meaning: Self.meaning(in: WeightSearch(folder: configuration.weights), logger))
        let routes = ServiceRoutes(
            settings: configuration.service, models: models, store: store, readiness: readiness, metrics: registry,
            openAPI: try files.openAPI())
        let idleTime = TimeAmount.milliseconds(Int64(configuration.idleSeconds * 1_000))
        let application = Application(
            router: routes.router(files: page),
            server: .http1(
                configuration: .init(
                    additionalChannelHandlers: [
                        StalledReplyHandler(patience: idleTime), MalformedRequestHandler(logger: logger),
                    ], idleTimeout: idleTime)),
            configuration: .init(
                address: .hostname(configuration.host, port: configuration.port),
                availableConnectionsDelegate: MaximumAvailableConnections(configuration.connections, logger: logger)),
            onServerRunning: { channel in
                let port = channel.localAddress?.port ?? configuration.port
                let url = Self.url(host: configuration.host, port: port)
                logger.info(
                    "listening",
                    metadata: [
                        "host": "\(configuration.host)", "port": "\(port)", "url": "\(url)",
                        "database": "\(Self.whereabouts(configuration.database))",
                    ])
                if !page.isEmpty { Self.announce(url) }
            },
            logger: logger)
        var group = ServiceGroupConfiguration(
            services: [
                StoreService(store: store, queue: queue),
                ModelCheckService(detector: detector, voices: voices, readiness: readiness, logger: logger),
                PurgeService(store: store, retentionSeconds: configuration.service.retentionSeconds, logger: logger),
                application,
            ],
            gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        group.maximumGracefulShutdownDuration = .seconds(configuration.stopSeconds)
        do { try await ServiceGroup(configuration: group).run() } catch let error as IOError {
            throw ListeningError(error, host: configuration.host, port: configuration.port)
        }
        logger.info("stopped")
    }

    /// The model of meaning, where `make text-model` made it; without it answers are compared by words in common.
    private static func meaning(in search: WeightSearch, _ logger: Logger) -> SentenceEmbedder? {
        guard let path = SentenceEmbedder.path(in: search) else {
            logger.info("answers are compared by words in common: the model of meaning is not there")
            return nil
        }
        do {
            let model = try SentenceEmbedder(contentsOf: path)
            logger.info("answers are compared by meaning", metadata: ["model": "\(path)"])
            return model
        } catch {
            logger.warning("answers are compared by words in common: \(error)")
            return nil
        }
    }

    /// A server's address, or the path of a SQLite file.
    private static func store(_ database: String) throws -> any SessionStore {
        isServer(database) ? try PostgreSQLSessionStore(address: database) : try SQLiteSessionStore(path: database)
    }

    private static func isServer(_ database: String) -> Bool {
        ["postgresql://", "postgres://"].contains { database.hasPrefix($0) }
    }

    /// Where the sessions are; a server's address may hold a password and is left out.
    private static func whereabouts(_ database: String) -> String {
        isServer(database) ? "PostgreSQL" : "SQLite, \(database)"
    }

    /// To whoever started the service by hand: the log is for programs.
    private static func announce(_ url: String) {
        guard isatty(STDOUT_FILENO) == 1 else { return }
        let line = Array("The practice page: \(url) (Ctrl-C ends the service)\n".utf8)
        _ = line.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
    }

    /// Where the page is for this machine.
    private static func url(host: String, port: Int) -> String {
        let isAnywhere = ["0.0.0.0", "::", "[::]"].contains(host)
        let name =
            isAnywhere || host == "127.0.0.1"
            ? "localhost" : host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host
        return "http://\(name):\(port)/"
    }

    /// In a larger picture the smallest face to be found grows with it, so that the time for a picture is bounded.
    private static let longestSide = 1_920
    /// Of a crowd the largest faces.
    private static let mostFaces = 32

    /// Pictures beyond 4 megapixels are decoded at a half, a quarter or an eighth of their size. A JPEG of several scans is
    /// held whole meanwhile, in up to 8 bytes a pixel.
    private static let decoding = DecodingLimits(
        maximumSide: 4_096, maximumPixels: 2_048 * 2_048, maximumBytes: 128 << 20, maximumStoredPixels: 8_192 * 8_192,
        maximumMultiScanPixels: 4_096 * 4_096)

    private static var observer: InferenceQueue.Observer {
        let depth = Gauge(label: "inference_queue_depth")
        let batches = Recorder(label: "inference_batch_pictures")
        let seconds = Metrics.Timer(label: "inference_batch_seconds")
        let pictures = Counter(label: "pictures_analysed_total")
        let faces = Counter(label: "faces_found_total")
        return InferenceQueue.Observer(
            depthChanged: { depth.record($0) },
            batchEnded: { pictureCount, faceCount, duration in
                batches.record(pictureCount)
                seconds.recordSeconds(duration)
                pictures.increment(by: pictureCount)
                faces.increment(by: faceCount)
            })
    }
}

/// Checks digests and self-test beside the requests, and again every half minute until all is well.
private struct ModelCheckService: Service {
    let detector: EmotionDetector
    let voices: VoiceQueue
    let readiness: Readiness
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                let report = await report()
                for check in report.checks {
                    guard let failure = check.failure else { continue }
                    logger.error("model check failed", metadata: ["check": "\(check.name)", "reason": "\(failure)"])
                }
                for file in report.files where file.isMissing && readiness.report == nil {
                    logger.notice("a model is not installed", metadata: ["file": "\(file.name)"])
                }
                readiness.report = report
                if report.passed { break }
                try? await Task.sleep(for: .seconds(30))
            }
            if !Task.isCancelled { logger.info("ready") }
        }
        try? await gracefulShutdown()
    }

    /// On a thread of its own: it reads files and computes.
    private func report() async -> ModelReport {
        await HandOver<ModelReport>.value { handOver in
            DispatchQueue(label: "model-check").async {
                var report = detector.modelReport()
                report.add(optionalFileAt: voices.weightPath, isThere: voices.hasWeights, load: voices.load)
                handOver.give(report)
            }
        }
    }
}

/// Lets the store and the queue go once nothing else runs any more.
private struct StoreService: Service {
    let store: any SessionStore
    let queue: InferenceQueue

    func run() async throws {
        try? await gracefulShutdown()
        queue.close()
        try await store.close()
    }
}

/// Deletes sessions whose time is over, at start and every hour, and sees that no trace is left of what was deleted.
private struct PurgeService: Service {
    let store: any SessionStore
    let retentionSeconds: Double?
    let logger: Logger

    /// While a deletion is not finished it is tried again so often.
    private static let pause = Duration.seconds(5)
    private static let pausesBetweenPurges = 720

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var pauses = 0
            while !Task.isCancelled {
                do {
                    if let retentionSeconds, pauses % Self.pausesBetweenPurges == 0 {
                        let count = try await store.purge(unchangedSince: WallClock.now - retentionSeconds)
                        if count > 0 {
                            logger.info("deleted sessions whose time was over", metadata: ["count": "\(count)"])
                        }
                    }
                    try await store.finishDeletions()
                } catch {
                    // Another part of the service failed, which says so itself.
                    if Task.isCancelled { break }
                    logger.error("sessions could not be deleted", metadata: ["error": "\(error.forLog)"])
                }
                pauses += 1
                try? await Task.sleep(for: Self.pause)
            }
        }
    }
}
