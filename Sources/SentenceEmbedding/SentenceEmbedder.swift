public import ModelWeights
public import NetworkPlanning
public import TensorEngine
public import TextAnalysis
import TransformerLayers
import WeightFile

/// Turns sentences into vectors of length 1 that point the same way where the sentences mean the same: a small BERT.
///
/// ```swift
/// let embedder = try SentenceEmbedder()
/// let vectors = embedder.vectors(of: ["How many people came?", "The number of guests"])
/// let alike = zip(vectors[0], vectors[1]).reduce(0) { $0 + $1.0 * $1.1 }
/// ```
///
/// The weights do not come with the package; `make text-model` fetches them. English alone. Never changes, so one may
/// serve any number of tasks at once.
/// - Source: Reimers and Gurevych, 2019, arXiv:1908.10084; the model `all-MiniLM-L6-v2`.
public struct SentenceEmbedder: Sendable {
    /// The name of the file that `make text-model` makes.
    public static let file = BundledModel.sentences.file

    /// Where that file lies; nil where no place has it.
    public static func path(in search: WeightSearch = WeightSearch()) -> String? { search.find(.sentences) }

    public let tokenizer: WordPieceTokenizer
    let shape: EncoderShape
    private let workers: WorkerPool
    private let passes: IdlePasses<EncoderPass>

    /// Numbers of a vector.
    public var dimensions: Int { shape.channels }

    /// Tokens of a text that are read; what is behind counts for nothing. A word is one token or a few.
    public var longestInput: Int { shape.longestInput }

    /// Loads the model where the weights of this package are looked for.
    ///
    /// - Throws: ``SentenceEmbedderError``.
    public init(
        in search: WeightSearch = WeightSearch(), workers: WorkerPool = .shared, kernels: KernelChoice = .automatic
    ) throws(SentenceEmbedderError) {
        guard let path = Self.path(in: search) else {
            throw .missingWeights(file: Self.file, search: search)
        }
        try self.init(contentsOf: path, workers: workers, kernels: kernels)
    }

    /// Loads the model of the file at `path`.
    ///
    /// - Parameters:
    ///   - workers: the threads that share the work.
    ///   - kernels: `.automatic` compiles kernels for this processor; `.portable` never does.
    /// - Throws: ``SentenceEmbedderError``, which names the file and what is wrong with it.
    public init(
        contentsOf path: String, workers: WorkerPool = .shared, kernels: KernelChoice = .automatic
    ) throws(SentenceEmbedderError) {
        try self.init(contentsOf: path, workers: workers, path: kernels.path)
    }

    init(contentsOf path: String, workers: WorkerPool, path kernels: KernelPath) throws(SentenceEmbedderError) {
        let loaded: (EncoderShape, EncoderPlan, StoredMatrix, [UInt8])
        do throws(WeightError) {
            loaded = try WeightReader.read(path, sharedBy: workers) { file throws(WeightError) in
                let shape = try EncoderShape(file)
                let weights = try EncoderWeights(from: file.root, shape)
                let lines = try Self.vocabulary(file)
                try file.requireEverythingRead()
                return (shape, EncoderPlan.make(weights, shape, path: kernels), weights.pieces, lines)
            }
        } catch {
            throw .weights(error)
        }
        let (shape, plan, pieces, lines) = loaded
        do throws(VocabularyError) {
            let vocabulary = try Vocabulary(lines: lines)
            guard vocabulary.count == shape.pieces else {
                throw .tooMany(count: vocabulary.count, limit: shape.pieces)
            }
            tokenizer = WordPieceTokenizer(vocabulary)
        } catch {
            throw .vocabulary(file: path, error)
        }
        self.shape = shape
        self.workers = workers
        let (capacity, threads) = (max(Self.rowsAtOnce, shape.longestInput), workers.threads)
        passes = IdlePasses(most: Self.mostPasses) {
            EncoderPass(plan, pieces: pieces, capacity: capacity, threads: threads)
        }
    }

    /// Bytes, an element each.
    private static func vocabulary(_ file: WeightReader) throws(WeightError) -> [UInt8] {
        let name = "vocabulary"
        guard let shape = file.shapes[name] else { throw .missingTensor(path: file.path, name: name) }
        let elements = try file.root.tensor(name, shape: shape).scalars
        return elements.map { UInt8(min(max($0, 0), 255)) }
    }

    /// Tokens that go through the network together; more gain nothing.
    private static let rowsAtOnce = 512
    /// Callers whose memory is kept.
    private static let mostPasses = 4

    /// A vector of length 1 for each text, ``dimensions`` numbers; the product of two, number by number, is the cosine
    /// between them.
    ///
    /// - Complexity: O(tokens), and O(tokens²) of each text.
    public func vectors(of texts: [String]) -> [[Float]] {
        let tokens = texts.map { tokenizer.numbers(of: $0, atMost: longestInput) }
        var vectors: [[Float]] = []
        var next = 0
        while next < tokens.count {
            var (end, rows) = (next, 0)
            while end < tokens.count, end == next || rows + tokens[end].count <= Self.rowsAtOnce {
                rows += tokens[end].count
                end += 1
            }
            vectors += passes.use { $0.vectors(of: Array(tokens[next..<end]), on: workers) }
            next = end
        }
        return vectors
    }
}

/// What ``TextAnalysis/AnswerRubric`` asks where it compares meanings.
extension SentenceEmbedder: MeaningModel {}
