import ArgumentParser
import FileNames

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Files whose names begin with a dash, as `*.mp4` may name them.
///
/// The parser takes `-dash.mp4` for a row of short options and finds `-h` among them. No option of this command is a
/// single dash with more than one letter, so such a word can only be a file.
enum DashedNames {
    /// Options whose values are words of the user's own.
    private static let texts: Set = ["--title", "--question", "--goal"]

    /// `words` with a folder before every such name.
    ///
    /// - Throws: a refusal of the usage where there is no such file.
    static func resolved(_ words: [String]) throws -> [String] {
        let end = words.firstIndex(of: "--") ?? words.endIndex
        return try words[..<end].enumerated().map { index, word in
            // A text is no name.
            if index > 0, texts.contains(words[index - 1]) { return word }
            guard word.hasPrefix("-"), !word.hasPrefix("--"), word.count > 2 else { return word }
            guard FileName.withBytes(word, { access($0, F_OK) }) == 0 else {
                throw ValidationError(
                    "There is no option \(word) and no file of that name. A name that begins with a dash can be "
                        + "written as ./\(word).")
            }
            return "./" + word
        } + words[end...]
    }
}
