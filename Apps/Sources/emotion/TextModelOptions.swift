import ArgumentParser
import ConsoleOutput
import FileNames
import SentenceEmbedding

/// Whether meanings are compared, and by which model.
struct TextModelOptions: ParsableArguments {
    @Option(
        name: .customLong("text-model"),
        help: ArgumentHelp(
            "Weight file of the model of meaning. (default: \(SentenceEmbedder.file) where weights are looked for)",
            valueName: "file"))
    var file: String?

    @Flag(name: .customLong("words-only"), help: "Compare words, though there is a model of meaning.")
    var wordsOnly = false

    @OptionGroup var folder: WeightsFolderOption

    /// What is said where the model is not there.
    static let absence =
        "\(SentenceEmbedder.file) is not there: texts are compared by words (make text-model makes it)"

    func validate() throws {
        if wordsOnly && file != nil { throw ValidationError("--words-only makes no use of --text-model.") }
    }

    /// The model; nil where none is wanted, or none is there.
    ///
    /// - Throws: what is wrong with a file that was named. Of one that was found words are said, and words are compared.
    func load() throws -> SentenceEmbedder? {
        if wordsOnly { return nil }
        if let file { return try SentenceEmbedder(contentsOf: FileName.openable(file)) }
        guard let path = SentenceEmbedder.path(in: WeightSearch(folder: folder.path)) else { return nil }
        do {
            return try SentenceEmbedder(contentsOf: path)
        } catch {
            Console.report("emotion: \(error); words are compared instead")
            return nil
        }
    }
}
