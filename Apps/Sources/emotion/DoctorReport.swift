import ConsoleOutput
import EmotionDetection
import ImageCodecs
import MediaStreams
import SentenceEmbedding

/// What `emotion doctor` prints.
struct DoctorReport {
    /// A weight file, and what is wrong with it.
    struct Weights {
        let path: String
        let model: ModelDescription?
        let failure: String?
    }

    let weights: [Weights]
    /// The model of meaning; nil where it is not there, which is no failure.
    let textModel: Weights?
    private let system = SystemReport.current
    private let jpegVersion = LoadedLibrary.jpegTurbo?.word(after: "libjpeg-turbo version ")

    init() {
        weights = system.weightPaths.map(Self.weights)
        textModel = SentenceEmbedder.path(in: system.weightSearch).map(Self.weights)
    }

    private static func weights(at path: String) -> Weights {
        do {
            return Weights(path: path, model: try ModelDescription(contentsOf: path), failure: nil)
        } catch {
            return Weights(path: path, model: nil, failure: "\(error)")
        }
    }

    /// Filters that the ffmpeg at hand lacks to read HDR videos in standard colours.
    private var missingFilters: [String] {
        FFmpegProgram.colourFilters.filter { !FFmpegProgram.filters.contains($0) }
    }

    /// For people, a line each.
    var lines: [String] {
        let processor = system.processor
        var table = Table(.left, .left)
        table.append("emotion", EmotionCommand.release)
        table.append("processor", "\(processor.model), \(processor.architecture), \(processor.available) available")
        table.append("extensions", processor.extensions.joined(separator: " "))
        table.append("threads", "\(system.threads)")
        table.append("kernels", system.kernelPath)
        table.append("OpenBLAS", system.matrixLibrary.configuration)
        table.append(
            "OpenBLAS core", "\(system.matrixLibrary.kernelFamily), \(system.matrixLibrary.threads) thread")
        table.append("libpng", CodecLibraries.pngVersion)
        table.append("libjpeg-turbo", jpegVersion ?? "of unknown version")
        table.append("libcrypto", system.digestLibrary)
        table.append("ffmpeg", videoLine)
        if FFmpegProgram.version != nil { table.append("HDR videos", rangeLine) }
        table.append("weight folders", "\(system.weightSearch)")
        for file in weights { table.append("weights", Self.line(file)) }
        table.append("text model", textModel.map(Self.line) ?? TextModelOptions.absence)
        return table.lines
    }

    private static func line(_ file: Weights) -> String {
        file.model.map { "\($0.name) \($0.version): \(file.path)" } ?? "FAILED: \(file.failure ?? "")"
    }

    private var videoLine: String {
        guard let version = FFmpegProgram.version else {
            return "not installed: no videos can be read (Debian: apt install ffmpeg)"
        }
        return FFmpegProgram.hasProbe ? version : "\(version), but without ffprobe: no videos can be read"
    }

    private var rangeLine: String {
        missingFilters.isEmpty
            ? "brought to standard range by \(FFmpegProgram.colourFilters.joined(separator: " and "))"
            : "read as they are: this ffmpeg lacks \(missingFilters.joined(separator: " and "))"
    }

    /// For programs.
    var json: JSONValue {
        let processor = system.processor
        return .object([
            .init("emotion", .string(EmotionCommand.release)),
            .init(
                "processor",
                .object([
                    .init("model", .string(processor.model)), .init("architecture", .string(processor.architecture)),
                    .init("available", .integer(processor.available)),
                    .init("extensions", .array(processor.extensions.map(JSONValue.string))),
                ])),
            .init("threads", .integer(system.threads)),
            .init("kernels", .string(system.kernelPath)),
            .init("libraries", libraries),
            .init("ffmpeg", FFmpegProgram.version.map(ffmpeg) ?? .null),
            .init("weight_folders", .array(system.weightSearch.places.map { .string($0.folder) })),
            .init("weights", .array(weights.map(Self.members))),
            .init("text_model", textModel.map(Self.members) ?? .null),
        ])
    }

    private var libraries: JSONValue {
        .object([
            .init(
                "openblas",
                .object([
                    .init("configuration", .string(system.matrixLibrary.configuration)),
                    .init("core", .string(system.matrixLibrary.kernelFamily)),
                    .init("threads", .integer(system.matrixLibrary.threads)),
                ])),
            .init("libpng", .string(CodecLibraries.pngVersion)),
            .init("libjpeg_turbo", jpegVersion.map(JSONValue.string) ?? .null),
            .init("libcrypto", .string(system.digestLibrary)),
        ])
    }

    private func ffmpeg(_ version: String) -> JSONValue {
        .object([
            .init("version", .string(version)),
            .init("ffprobe", .boolean(FFmpegProgram.hasProbe)),
            .init("tone_mapping", .boolean(missingFilters.isEmpty)),
            .init("missing_filters", .array(missingFilters.map(JSONValue.string))),
        ])
    }

    private static func members(of file: Weights) -> JSONValue {
        .object([
            .init("file", .string(file.path)),
            .init("name", file.model.map { .string($0.name) } ?? .null),
            .init("version", file.model.map { .string($0.version) } ?? .null),
            .init("sha256", file.model.map { .string($0.sha256) } ?? .null),
            .init("error", file.failure.map(JSONValue.string) ?? .null),
        ])
    }
}
