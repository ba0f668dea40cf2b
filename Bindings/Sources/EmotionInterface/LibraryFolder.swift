import EmotionDetection

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Where this library lies, and the weights that were installed with it.
enum LibraryFolder {
    /// The folder of the weights beside the library; nil where there is none, or the user names one of their own.
    static var weights: String? {
        guard getenv(WeightSearch.environmentVariable) == nil, let folder else { return nil }
        return [folder + "/weights", parent(folder) + "/share/swift-emotion"].first { candidate in
            EmotionDetector.Configuration(weightsFolder: candidate).weightPaths.allSatisfy { access($0, R_OK) == 0 }
        }
    }

    /// The folder of the file that this code was loaded from.
    private static let folder: String? = {
        // Swift's modules of C libraries leave out `dladdr` and its struct of four addresses, the first of them the path's.
        typealias Function = @convention(c) (UnsafeRawPointer?, UnsafeMutableRawPointer?) -> Int32
        guard let address = dlsym(nil, "dladdr") else { return nil }
        let dladdr = unsafeBitCast(address, to: Function.self)
        return withUnsafeTemporaryAllocation(of: UnsafePointer<CChar>?.self, capacity: 4) { information in
            information.initialize(repeating: nil)
            guard dladdr(#dsohandle, information.baseAddress) != 0, let name = information[0],
                let resolved = realpath(name, nil)
            else { return nil }
            defer { free(resolved) }
            return parent(String(cString: resolved))
        }
    }()

    /// `path`, which begins at the root, without its last component.
    private static func parent(_ path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? path
    }
}
