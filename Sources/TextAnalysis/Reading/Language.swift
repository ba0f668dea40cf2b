/// Tells English from other languages by the small words that every text is full of.
enum Language {
    /// - Throws: ``TextAnalysisError/otherLanguage(_:)`` where another language's small words are more than English ones, or
    ///   most letters are not Latin. A text of too few words to tell counts as English.
    static func requireEnglish(_ words: [AnswerText.Word]) throws(TextAnalysisError) {
        let latin = words.count { word in
            word.text.unicodeScalars.allSatisfy { $0.value < 0x250 || !$0.properties.isAlphabetic }
        }
        if latin * 2 < words.count { throw .otherLanguage(nil) }
        guard words.count >= fewest else { return }
        let english = count(EnglishCues.functionWords, in: words)
        let other = others.map { (name: $0.name, count: count($0.words, in: words)) }.max { $0.count < $1.count }
        guard let other, other.count > english, other.count * 8 >= words.count else {
            // A twelfth is far below the third or half of any English sentence, far above other languages.
            if english * 12 < words.count && words.count >= 2 * fewest { throw .otherLanguage(nil) }
            return
        }
        throw .otherLanguage(other.name)
    }

    private static let fewest = 6

    private static func count(_ set: Set<String>, in words: [AnswerText.Word]) -> Int {
        words.count { set.contains($0.text) }
    }

    private static func language(_ name: String, _ words: String) -> (name: String, words: Set<String>) {
        (name, Set(words.split(separator: " ").map(String.init)))
    }

    /// Frequent words that are no English ones.
    private static let others = [
        language(
            "German",
            "und der die das ich wir nicht ist ein eine mit auf für von den dem zu habe hatte war sich auch es"),
        language(
            "French", "le la les et je nous un une des est pas que qui dans pour avec sur du au mon ma j'ai c'est était"
        ),
        language("Spanish", "el la los las y yo un una es no que en con para por mi se lo del fue era muy más pero"),
        language("Italian", "il la le e io un una è non che in con per di mi si ho era più ma del della sono"),
        language("Portuguese", "o os as e eu um uma é não que em com para por meu minha se do da foi era mais mas"),
        language("Dutch", "de het een en ik wij niet is met op voor van te heb had was zich ook maar dat die"),
        language("Polish", "i w na z się nie to że jest do ja jak był była po od ale za mnie moim"),
    ]
}
