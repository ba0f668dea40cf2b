/// Where this target's committed files lie.
enum Fixtures {
    static let directory = #filePath.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } + "/Fixtures"
}
