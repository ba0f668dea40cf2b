import FoundationEssentials
import ServiceRoutes

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The files that the service needs beside the weights: its OpenAPI document and the page.
///
/// They are looked for beside the program (`emotion-server.files`), then under its prefix, where the container has them
/// (`share/swift-emotion/server`), then where the program was built. They are no SwiftPM resources for the reason that the
/// weights are none: the accessor would trap where they are missing.
struct ServiceFiles {
    private let folders: [String]
    private let publicFolder: String?

    /// - Parameter publicFolder: a folder of the page's files in place of the built-in one.
    init(publicFolder: String?) {
        self.publicFolder = publicFolder
        let program = Self.programFolder.map { [$0 + "/emotion-server.files", $0 + "/../share/swift-emotion/server"] }
        let build = String(#filePath.prefix(upTo: #filePath.lastIndex(of: "/") ?? #filePath.startIndex))
        folders = (program ?? []) + [build]
    }

    /// The OpenAPI document.
    func openAPI() throws -> [UInt8] {
        guard let path = path(of: "openapi.json") else {
            throw MissingFiles(message: "openapi.json is in none of \(folders.joined(separator: ", ")).")
        }
        return [UInt8](try Data(contentsOf: URL(filePath: path)))
    }

    /// The page; without files where it is in none of the folders.
    func page() throws -> StaticFiles {
        guard let folder = publicFolder ?? path(of: "Public") else { return StaticFiles() }
        // A folder that is a link would be listed as empty.
        guard let resolved = Self.resolved(folder) else {
            throw MissingFiles(message: "there is no folder \(folder).")
        }
        do { return try StaticFiles(folder: resolved) } catch {
            throw MissingFiles(message: "the page's files in \(folder) cannot be read.")
        }
    }

    private func path(of name: String) -> String? {
        folders.map { $0 + "/" + name }.first { access($0, R_OK) == 0 }
    }

    private static var programFolder: String? {
        #if os(Linux)
            let called: String? = "/proc/self/exe"
        #else
            let called = CommandLine.arguments.first
        #endif
        return called.flatMap(resolved).flatMap { path in path.lastIndex(of: "/").map { String(path[..<$0]) } }
    }

    /// The path without links; nil where there is nothing.
    private static func resolved(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    struct MissingFiles: Error, CustomStringConvertible {
        let message: String
        var description: String { message }
    }
}
