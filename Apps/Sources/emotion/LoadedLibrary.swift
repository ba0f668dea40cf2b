#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A shared library of this process, for what it does not tell by a function.
struct LoadedLibrary {
    /// Where it was loaded from.
    let path: String

    /// The library that holds `function`; nil where none does.
    init?(holding function: String) {
        // Swift's module of glibc leaves `dladdr` out. It fills in four pointers, of which the first is the file's name.
        guard let address = dlsym(nil, function), let locate = dlsym(nil, "dladdr") else { return nil }
        var information: [UnsafePointer<CChar>?] = [nil, nil, nil, nil]
        let dladdr = unsafeBitCast(locate, to: Locate.self)
        guard dladdr(address, &information) != 0, let name = information[0] else { return nil }
        path = String(cString: name)
    }

    private typealias Locate = @convention(c) (UnsafeRawPointer, UnsafeMutableRawPointer) -> CInt

    /// libjpeg-turbo by its interface's first function.
    static var jpegTurbo: LoadedLibrary? { LoadedLibrary(holding: "tjInitDecompress") }

    /// The word behind `words` in the library's own texts; nil where they do not stand there.
    ///
    /// - Complexity: O(size of the file).
    func word(after words: String) -> String? {
        guard let bytes = try? Data(contentsOf: URL(filePath: path)), let found = bytes.firstRange(of: words.utf8)
        else {
            return nil
        }
        let word = bytes[found.upperBound...].prefix(32).prefix { $0 > 0x20 && $0 < 0x7F }
        return word.isEmpty ? nil : String(decoding: word, as: UTF8.self)
    }
}
