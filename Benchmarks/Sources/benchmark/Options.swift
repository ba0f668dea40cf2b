/// What the command line asks for.
struct Options {
    enum Mode {
        /// Time everything and write the results.
        case measure
        /// Answer commands on standard input, so that somebody else decides what runs when.
        case serve
        /// Run the classifier so many times and nothing else, under a profiler.
        case passes(Int)
        /// Say how long two threads take to exchange a cache line.
        case exchange
        /// Count the heap allocations of so many forward passes.
        case allocations(passes: Int)
        /// Compare the answers of every path on a folder's pictures, all of them or so many.
        case agree(folder: String, limit: Int?)
    }

    static let usage = """
        usage: benchmark [--threads N] [--filter TEXT] [--quick] [--json FILE] [--frame FILE] [--commit ID]
               benchmark serve [--threads N] [--frame FILE]
               benchmark passes COUNT
               benchmark exchange
               benchmark allocations [PASSES] [--threads N]
               benchmark agree FOLDER [LIMIT]
        """

    var mode = Mode.measure
    var threads: Int?
    var filter: String?
    var isQuick = false
    var json: String?
    /// A picture of 640×480 pixels with one face.
    var frame = "Benchmarks/Inputs/frame-640x480.jpg"
    var commit = "unknown"

    private static let usualPasses = 100

    /// The next argument, where it is a number above 0.
    private static func number(_ rest: inout ArraySlice<String>) -> Int? {
        guard let number = rest.first.flatMap({ Int($0) }), number > 0 else { return nil }
        rest.removeFirst()
        return number
    }

    /// Nil where the arguments make no sense.
    init?(_ arguments: [String]) {
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            switch argument {
            case "serve": mode = .serve
            case "passes":
                guard let count = rest.popFirst().flatMap({ Int($0) }), count >= 0 else { return nil }
                mode = .passes(count)
            case "exchange": mode = .exchange
            case "allocations":
                mode = .allocations(passes: Self.number(&rest) ?? Self.usualPasses)
            case "agree":
                guard let folder = rest.popFirst() else { return nil }
                mode = .agree(folder: folder, limit: Self.number(&rest))
            case "--quick": isQuick = true
            case "--threads":
                guard let count = rest.popFirst().flatMap({ Int($0) }), count > 0 else { return nil }
                threads = count
            case "--filter", "--json", "--frame", "--commit":
                guard let value = rest.popFirst() else { return nil }
                switch argument {
                case "--filter": filter = value
                case "--json": json = value
                case "--frame": frame = value
                default: commit = value
                }
            default: return nil
            }
        }
    }
}
