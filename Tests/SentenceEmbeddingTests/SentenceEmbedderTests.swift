import Foundation
import NetworkPlanning
import ModelWeights
import TensorEngine
import TestSupport
import Testing
import WeightFile

@testable import SentenceEmbedding

/// A small random network beside PyTorch's `BertModel`; see `Weights/Conversion/fixtures_sentences.py`.
@Suite struct SentenceEmbedderTests {
    private struct Reference: Decodable {
        let texts: [String]
        let vectors: [[Float]]
    }

    private static let path = Fixture.path("encoder.safetensors")

    private func embedder(threads: Int = 1, _ kernels: KernelPath = .best) throws -> SentenceEmbedder {
        try SentenceEmbedder(contentsOf: Self.path, workers: WorkerPool(threads: threads), path: kernels)
    }

    private func largestDifference(_ first: [[Float]], _ second: [[Float]]) -> Float {
        guard first.map(\.count) == second.map(\.count) else { return .infinity }
        return zip(first.joined(), second.joined()).reduce(0) { max($0, abs($1.0 - $1.1)) }
    }

    @Test(arguments: KernelPath.usable, [1, 2, 3])
    func vectorsAreThoseOfPyTorch(kernels: KernelPath, threads: Int) throws {
        let reference: Reference = try Fixture.json("encoder.json")
        let embedder = try embedder(threads: threads, kernels)
        #expect(embedder.dimensions == 32)
        for (text, expected) in zip(reference.texts, reference.vectors) {
            let difference = largestDifference(embedder.vectors(of: [text]), [expected])
            #expect(difference < 2e-5, "\(text.debugDescription)")
        }
        #expect(largestDifference(embedder.vectors(of: reference.texts), reference.vectors) < 2e-5)
    }

    /// More tokens than go through the network at once, and texts that share heads' work with neighbours.
    @Test(arguments: [1, 2, 5])
    func manyTextsAtOnceAreAsEachAlone(threads: Int) throws {
        let embedder = try embedder(threads: threads)
        let texts = (0..<90).map { index in String(repeating: "answer the team ", count: index % 17) + "run \(index)" }
        let alone = texts.map { embedder.vectors(of: [$0])[0] }
        #expect(largestDifference(embedder.vectors(of: texts), alone) < 1e-5)
        #expect(embedder.vectors(of: []).isEmpty)
    }

    @Test func vectorsHaveLengthOne() throws {
        for vector in try embedder().vectors(of: ["the team", "", String(repeating: "an answer ", count: 500)]) {
            #expect(abs(vector.reduce(0) { $0 + $1 * $1 } - 1) < 1e-5)
        }
    }

    @Test func oneServesSeveralTasksConcurrency() async throws {
        let embedder = try embedder(threads: 2)
        let texts = ["the answer", "an interview with the team", "running, naïve 漢字"]
        let expected = embedder.vectors(of: texts)
        await withTaskGroup(of: [[Float]].self) { group in
            for _ in 0..<16 { group.addTask { embedder.vectors(of: texts) } }
            for await vectors in group { #expect(largestDifference(vectors, expected) < 1e-6) }
        }
    }

    @Test func aFileWithoutANetworkOfThisKindIsRefused() throws {
        let path = BundledModel.mtcnn.path
        #expect(throws: SentenceEmbedderError.weights(.missingMetadata(path: path, key: "layers"))) {
            try SentenceEmbedder(contentsOf: path)
        }
        let nowhere = WeightSearch(folder: "/nonexistent")
        #expect(
            throws: SentenceEmbedderError.missingWeights(file: "all_minilm_l6_v2.safetensors", search: nowhere)
        ) { try SentenceEmbedder(in: nowhere) }
    }

    /// Whatever a file says, an error comes of it and no trap.
    @Test(arguments: [
        ("heads", "3"), ("heads", "8"), ("heads", "-1"), ("layers", "0"), ("layers", "3"), ("layers", "1"),
        ("longest_input", "49"), ("longest_input", "1"), ("layer_norm_epsilon", "nan"), ("layer_norm_epsilon", "x"),
    ])
    func metadataThatDoNotFitAreRefused(key: String, value: String) throws {
        #expect(throws: SentenceEmbedderError.self) { try altered(changing: [key: value]) }
    }

    @Test(arguments: [
        "vocabulary", "embeddings.word_embeddings.weight", "encoder.layer.1.output.LayerNorm.bias",
        "encoder.layer.0.intermediate.dense.weight", "embeddings.token_type_embeddings.weight",
    ])
    func tensorsThatAreMissingOrOfAnotherShapeAreRefused(name: String) throws {
        #expect(throws: SentenceEmbedderError.self) { try altered(replacing: [name: nil]) }
        let other = Tensor(zeros: name == "vocabulary" ? [7] : [2, 3])
        #expect(throws: SentenceEmbedderError.self) { try altered(replacing: [name: other]) }
        #expect(throws: SentenceEmbedderError.self) { try altered(replacing: ["surplus": other]) }
    }

    /// The fixture with some of it changed, loaded from a file of its own.
    private func altered(
        changing metadata: [String: String] = [:], replacing tensors: [String: Tensor?] = [:]
    ) throws -> SentenceEmbedder {
        let file = try WeightReader(contentsOf: Self.path)
        var writer = WeightWriter(metadata: file.metadata.merging(metadata) { $1 })
        for (name, shape) in file.shapes where !tensors.keys.contains(name) {
            writer.add(try file.root.tensor(name, shape: shape), named: name, as: .float32)
        }
        for (name, tensor) in tensors { if let tensor { writer.add(tensor, named: name, as: .float32) } }
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("sentences-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try writer.write(to: path)
        return try SentenceEmbedder(contentsOf: path, workers: WorkerPool(threads: 1))
    }

    /// Weights in single precision are read as well.
    @Test func theFixtureRewrittenIsTheSame() throws {
        let texts = ["the team", "naïve café"]
        #expect(try largestDifference(altered().vectors(of: texts), embedder().vectors(of: texts)) == 0)
    }

    /// The bundled constant is the digest of the file that `make text-model` makes.
    @Test func theModelIsTheOneThatIsNamed() throws {
        guard let path = SentenceEmbedder.path() else {
            return print("skipped: \(SentenceEmbedder.file) is absent; make text-model makes it")
        }
        let file = try WeightReader(contentsOf: path)
        #expect(try file.value("sha256") == BundledModel.sentences.sha256)
        #expect(try file.value("version") == BundledModel.sentences.version)
        #expect(try file.value("license") == "Apache-2.0")
        #expect(try file.value("layer_norm_epsilon") == "1e-12")
    }

    @Test func meaningsAreNearerThanWords() throws {
        guard let path = SentenceEmbedder.path() else {
            return print("skipped: \(SentenceEmbedder.file) is absent; make text-model makes it")
        }
        let embedder = try SentenceEmbedder(contentsOf: path)
        #expect(embedder.dimensions == 384)
        let vectors = embedder.vectors(of: [
            "How many people came to the party?", "The number of guests at the celebration.",
            "How many people broke the law?",
        ])
        func likeness(_ first: Int, _ second: Int) -> Float {
            zip(vectors[first], vectors[second]).reduce(0) { $0 + $1.0 * $1.1 }
        }
        #expect(likeness(0, 1) > 0.6)
        #expect(likeness(0, 1) > likeness(0, 2) + 0.15)
    }
}
