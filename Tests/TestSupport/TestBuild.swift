/// How the tests were compiled; heavy numeric suites run in release only.
public enum TestBuild {
    /// False, with a printed reason, in an unoptimised build.
    public static func isRelease(for suite: String) -> Bool {
        #if DEBUG
            print("skipped: \(suite) runs in release builds only")
            return false
        #else
            return true
        #endif
    }
}
