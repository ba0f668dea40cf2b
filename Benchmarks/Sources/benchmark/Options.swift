/// What the command line asks for.
struct Options {
    enum Mode {
        /// Time everything and write the results.
        case measure
        /// Answer commands on standard input, so that somebody else decides what runs when.
        case serve
        /// Run the classifier so many times and nothing else, under a profiler or an allocation counter.
        case passes(Int)
    }

    static let usage = """
        usage: benchmark [--threads N] [--filter TEXT] [--quick] [--json FILE] [--frame FILE] [--commit ID]
               benchmark serve [--threads N] [--frame FILE]
               benchmark passes COUNT
        """

    var mode = Mode.measure
    var threads: Int?
    var filter: String?
    var isQuick = false
    var json: String?
    /// A picture of 640×480 pixels with one face.
    var frame = "Benchmarks/Inputs/frame-640x480.jpg"
    var commit = "unknown"

    /// Nil where the arguments make no sense.
    init?(_ arguments: [String]) {
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            switch argument {
            case "serve": mode = .serve
            case "passes":
                guard let count = rest.popFirst().flatMap({ Int($0) }), count >= 0 else { return nil }
                mode = .passes(count)
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
