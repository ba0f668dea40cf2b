/// What somebody says to have done: "I" with a verb of doing behind it, "we" likewise.
struct OwnActions {
    /// The words from the pronoun to the verb, and the verb.
    struct Action: Hashable {
        let range: Range<Int>
        let verb: String
    }

    let own: [Action]
    let shared: [Action]

    init(_ text: AnswerText) {
        let words = text.words
        var (own, shared): ([Action], [Action]) = ([], [])
        // "I called them and wrote down …": the pronoun holds until the sentence ends or another takes its place.
        for sentence in text.sentences {
            var speaker: (isOwn: Bool, start: Int)?
            for index in sentence {
                let word = words[index].text
                if let pronoun = Self.pronouns[word] {
                    speaker = (pronoun, index)
                } else if Self.others.contains(word) {
                    speaker = nil
                } else if let current = speaker, Self.isDoing(word),
                    index == current.start + 1 || Self.leadsOn(words[index - 1].text, words[index - 1].precedesPause)
                {
                    let action = Action(
                        range: (index - current.start <= 4 ? current.start : index)..<(index + 1), verb: word)
                    if current.isOwn { own.append(action) } else { shared.append(action) }
                }
            }
        }
        self.own = own
        self.shared = shared
    }

    /// Whether it is the speaker's own.
    private static let pronouns: [String: Bool] = [
        "i": true, "i've": true, "i'd": true, "we": false, "we've": false, "we'd": false,
    ]

    private static let others = EnglishCues.words(
        "they he she it you who which that there everyone everybody nobody someone this")

    /// Whether a verb behind this word may still be the pronoun's.
    private static func leadsOn(_ word: String, _ isPause: Bool) -> Bool {
        isPause || adverbs.contains(word) || word.hasSuffix("ly")
    }

    private static let adverbs = EnglishCues.words(
        "and then also first so always now still personally even just next later had have")

    private static func isDoing(_ word: String) -> Bool {
        if notDoing.contains(word) { return false }
        return irregular.contains(word) || present.contains(word) || word.count >= 5 && word.hasSuffix("ed")
    }

    /// Verbs of being, feeling, wishing and waiting: no deed.
    private static let notDoing = EnglishCues.words(
        """
        wanted needed liked loved hoped wished seemed believed supposed hated enjoyed expected feared happened used based
        interested worried bored tired excited involved surprised stressed scared required supposed worked tried stayed watched
        waited guessed agreed remained lived existed mattered preferred started joined arrived speed need feed indeed hundred
        """)

    private static let irregular = EnglishCues.words(
        """
        built wrote made led ran took gave spoke taught set sat drew cut put sold bought brought found met held sent told
        drove began chose fixed stood rebuilt rewrote redid did showed shown dug laid lent paid read
        spent split spread swept threw won rang hired shut caught fought
        """)

    /// Habits, and stories by those who tell them so, are told in the present.
    private static let present = EnglishCues.words(
        """
        build write make lead run take give speak teach set draw cut sell buy bring meet send tell drive begin choose
        plan check call ask organise organize prepare review design test train coach manage track measure fix help sort clean
        list block schedule prioritise prioritize delegate document map break start use mark
        """)
}
