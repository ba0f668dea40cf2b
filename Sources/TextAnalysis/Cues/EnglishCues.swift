/// The rubric's words for English: all that another language would need its own of.
enum EnglishCues {
    static let functionWords: Set<String> = words(
        """
        a an the and or but so if because as than that which who whom whose what when where while whether how why
        i me my mine myself we us our ours you your he him his she her it its they them their this these those there here
        am is are was were be been being have has had having do does did doing will would can could should may might must
        of to in on at by for with from into onto over under about after before between through during without within
        against up down out off not no nor n't don't didn't wasn't couldn't i'm i've i'd it's that's we're we'd
        all any some each every both few more most other such only own same too very just then also again once
        """)

    /// When and where it was.
    static let situation = Phrases(
        """
        when i was; when i worked; when i started; when i joined; when we; while i was; while working; while studying
        last year; last summer; last spring; last autumn; last fall; last winter; last month; last week; last semester
        years ago; months ago; weeks ago; year ago; a few years; at my last; in my last; at my previous; in my previous
        at my old; in my old; my last job; my previous job; my current job; my old job; my last role; my previous role
        in my current; in my first; my first job; my first week; my first year; at the time; back in; back then; one day
        one time; one evening; one morning; one afternoon; one night; one shift; one saturday; one friday; there was a
        there was an; there were; we had a; i had a; our team was; during my; during a; during the; in my final year
        in my role; at university; at college; at school; in school; as a student; as an intern; as an apprentice
        i was working; i work as; i worked as; i worked at; i worked in; i work at; i work in; i've worked; i was a; i was an
        i was the; i run; i ran a; our biggest; our main; the company was; the team was; the client was; the customer was
        a customer; a client; a patient; a student; a colleague; a coworker; a guest; a parent; a supplier; a driver
        """)

    /// What was to be done, or in the way.
    static let task = Phrases(
        """
        needed to; had to; have to; i was responsible; was responsible for; my job was; my task; my goal; my role was
        my responsibility; asked me to; was asked to; was told to; the goal was; the aim was; the challenge; the problem was
        the problem; the issue; the trouble was; the deadline; deadline was; in charge of; was supposed to; were supposed to
        it was up to me; it was my job; was my job; i wanted to; we wanted to; we were losing; was losing; were losing
        was falling; kept failing; kept missing; was failing; was late; were late; was behind; were behind; behind schedule
        short of; short on; was broken; had broken; went wrong; complained; complaining; complaints; refused to; threatened to
        didn't want; didn't know how; nobody knew; nobody had; no one had; target; i disagreed; we disagreed; argued; conflict
        conflicting; mistake; error; at risk; under pressure; quit; resigned; called in sick; backlog; shortage; was missing
        """)

    /// What came of it.
    static let result = Phrases(
        """
        as a result; in the end; resulted in; resulting in; which led to; that led to; led to a; this meant; which meant
        the result; the outcome; the upshot; reduced; reducing; increased; increasing; saved; saving us; grew; grown; doubled
        tripled; halved; cut our; cut the; cut from; cut by; cut down; fell from; fell to; fell by; dropped from; dropped to
        dropped by; went from; went down; went up; rose from; rose to; rose by; improved; improving; came down; came in under
        on time; under budget; ahead of schedule; on schedule; by the end; within a week; within a month; within two; within three
        since then; ever since; still use; still used; still uses; still using; is still; are still; now use; now uses
        is now; are now; was adopted; adopted; was promoted; got promoted; was offered; won the; won a; we won; i won; renewed
        signed; stayed with; came back; recovered; passed; graduated; finished; finished in; shipped; launched; went live
        delivered; completed; sold out; hit the target; hit our; met the; we met; reached; exceeded; beat the; no complaints
        not a single; zero; thanked; turned out; ended up; ended with; worked out; paid off; we were able to; i was able to
        got the; down from; up from; without a; without any; instead of; the best; for the first time; fewer; faster; what i learned
        i learned; taught me; i learnt; next time; since that
        """)

    /// Empty praise of oneself in place of an account.
    static let generic = Phrases(
        """
        team player; hard worker; hard working; hardworking; work hard; perfectionist; people person; go getter; fast learner
        quick learner; passionate about; very passionate; think outside the box; give 110; give 100; detail oriented
        good communicator; good communication; great communication; people skills; self starter; self motivated; multitask
        dynamic; results driven; synergy; wear many hats; always do my best; do my best; try my best; good leader; natural leader
        """)

    /// Sounds and words that fill a pause.
    static let filler = Phrases(
        "um; uh; erm; er; hmm; umm; uhh; ehm; you know; i mean; basically; literally; like i said; or something; or whatever; whatever; and stuff; and stuff like that; stuff like that; things like that; and so on; and everything; blah; anyway; yeah; okay so; so yeah; kinda; sorta; right so"
    )

    /// Words that take back what they stand beside.
    static let hedge = Phrases(
        """
        i think; i guess; i suppose; i believe; i feel like; maybe; probably; perhaps; possibly; kind of; sort of; somehow
        not really; not sure; i'm not sure; i don't know; don't really know; hard to say; i'd say; more or less; pretty much
        to be honest; a little bit; a bit; some kind of; or so i think; i hope; hopefully; i don't remember; can't remember
        can't really think; can't think; nothing really; nothing special; it depends; usually; generally; in general
        """)

    /// Nothing is said in these words.
    static let vague = Phrases(
        "stuff; things; something; various; a lot of things; many things; someone; some people; everything; somewhere; good things; some things; different things; different people"
    )

    /// Said before the answer begins.
    static let delay = Phrases(
        """
        good question; great question; interesting question; that's a tough; that's a hard; let me think; let me see; where do i start
        where to start; where do i begin; first of all; i would have to say; i'd have to say; to answer your question
        thanks for asking; thank you for asking; glad you asked; how do i put; i don't know; i'm not sure; not sure
        """)

    /// Words of questions that say nothing of what they are about.
    static let questionFrame: Set<String> = words(
        """
        tell describe give example time situation something anything somebody someone ever please share talk explain walk
        think work worked job role your you yourself like want handle handled deal dealt did do does would most biggest
        greatest person experience one thing instance here us now did
        """)

    /// Words of one matter: a question about the first of a line is answered by the others.
    static let kin: [Set<String>] = [
        words(
            "conflict disagreement disagree disagreed argue argued argument difficult upset angry tension clash dispute fought"
        ),
        words("fail failure failed mistake error wrong regret missed setback broke lost"),
        words("pressure stress stressful deadline deadlines rush hectic urgent emergency overtime late"),
        words(
            "lead leadership led leader manage managed manager team supervise supervised charge organise organised organize"
        ),
        words("strength strengths good best skill skills talent strong"),
        words("weakness weaknesses improve bad struggle struggled worse difficult hard"),
        words("customer client guest patient shopper buyer caller user"),
        words("colleague coworker team teammate manager boss supervisor staff"),
        words("achievement accomplishment proud success successful won award"),
        words("learn learned learnt taught study studied course training teach new"),
        words("change changed adapt adapted switch switched new different moved"),
        words("goal goals target plan planned future years aim"),
        words("problem problems issue solve solved fix fixed fault broken solution"),
        words("decision decide decided chose choose choice"),
        words("feedback criticism critique review told advice"),
        words("prioritise prioritize priority priorities first urgent list order"),
        words("persuade persuaded convince convinced agree agreed pitch sell sold"),
        words("why motivated motivates motivation interested interest because love enjoy drawn"),
    ]

    static let numberWords: Set<String> = words(
        """
        two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen
        twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million dozen half third quarter percent twice
        """)

    static let times: Set<String> = words(
        """
        monday tuesday wednesday thursday friday saturday sunday january february march april june july august september
        october november december week weeks month months year years day days hour hours minutes quarter semester
        """)

    static func words(_ text: String) -> Set<String> {
        Set(text.split(whereSeparator: \.isWhitespace).map(String.init))
    }
}
