/// Where the files that these tests read lie.
enum Fixtures {
    /// Committed beside this source.
    static let directory = ancestor(1) + "/Fixtures"
    /// The weights that the package carries.
    static let bundledWeights = ancestor(3) + "/Weights"

    /// The folder `levels` above this source file.
    private static func ancestor(_ levels: Int) -> String {
        #filePath.split(separator: "/").dropLast(levels).reduce("") { $0 + "/" + $1 }
    }
}
