#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Where the bundled weight files are looked for: the first of its places that has a file gives it.
///
/// Without a folder of the caller's or the user's own, that is beside the program, then as `make install` lays them under
/// a prefix, then in this package's checkout, where the program was built. A folder that is named is searched alone: who
/// names one wants no other file in its stead.
///
/// The files are no SwiftPM resources: for those SwiftPM generates an accessor that links the whole of Foundation, which
/// costs a program 5 ms of start-up and 8.5 MB of memory that the rest of this package does not need, and that traps
/// when the files are missing instead of letting the caller report it.
public struct WeightSearch: Hashable, Sendable {
    /// A folder that is searched, and for what reason.
    public struct Place: Hashable, Sendable {
        /// Why a folder is searched.
        public enum Origin: String, Hashable, Sendable {
            /// The caller named it.
            case option
            /// The environment variable ``WeightSearch/environmentVariable`` names it.
            case environment
            /// The program's own folder, or `Weights` in it.
            case besideProgram
            /// `share/swift-emotion` beside the folder of the program.
            case share
            /// The checkout that the program was built from.
            case build
        }

        public let origin: Origin
        public let folder: String

        public init(_ origin: Origin, _ folder: String) {
            self.origin = origin
            self.folder = folder
        }
    }

    /// Names a folder to search before the program's own.
    public static let environmentVariable = "SWIFT_EMOTION_WEIGHTS"

    /// In the order in which they are searched; never empty.
    public let places: [Place]

    /// The search of this process.
    ///
    /// - Parameter folder: a folder to search alone.
    public init(folder: String? = nil) {
        self.init(
            folder: folder, environment: getenv(Self.environmentVariable).map { String(cString: $0) },
            programFolder: Self.runningProgram().map(Self.parent),
            packageFolder: Self.parent(Self.parent(#filePath)))
    }

    /// - Parameters:
    ///   - environment: the environment variable's value.
    ///   - programFolder: the folder of the running program.
    ///   - packageFolder: this package's `Weights` at the time of the build.
    init(folder: String?, environment: String?, programFolder: String?, packageFolder: String) {
        if let folder {
            places = [Place(.option, folder)]
        } else if let environment, !environment.isEmpty {
            places = [Place(.environment, environment)]
        } else {
            let installed = programFolder.map { program in
                [
                    Place(.besideProgram, program + "/Weights"), Place(.besideProgram, program),
                    Place(.share, Self.parent(program) + "/share/swift-emotion"),
                ]
            }
            places = (installed ?? []) + [Place(.build, packageFolder)]
        }
    }

    /// Where the file lies; nil where no place has it.
    package func find(_ model: BundledModel) -> String? {
        places.lazy.map { $0.folder + "/" + model.file }.first(where: Self.isReadable)
    }

    /// Whether this process may read a file at `path`.
    static func isReadable(_ path: String) -> Bool { access(path, R_OK) == 0 }

    /// `path` without its last component.
    static func parent(_ path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    }

    /// The path of the running program: from the kernel where it tells, else as it was called.
    private static func runningProgram() -> String? {
        #if os(Linux)
            let called: String? = "/proc/self/exe"
        #else
            let called = CommandLine.arguments.first
        #endif
        guard let called, let resolved = realpath(called, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}

extension WeightSearch: CustomStringConvertible {
    /// Every place with its reason, in their order, for people.
    public var description: String { places.map(\.description).joined(separator: ", ") }
}

extension WeightSearch.Place: CustomStringConvertible {
    public var description: String {
        switch origin {
        case .option: "\(folder) (as asked for)"
        case .environment: "\(folder) (\(WeightSearch.environmentVariable))"
        case .besideProgram: "\(folder) (beside the program)"
        case .share: "\(folder) (installed)"
        case .build: "\(folder) (where it was built)"
        }
    }
}
