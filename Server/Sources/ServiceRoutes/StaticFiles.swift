import FoundationEssentials
import HTTPTypes
import Hummingbird

/// The practice page: every file of one folder, read at start. No request ever reaches the file system.
public struct StaticFiles: Sendable {
    private let files: [String: File]

    private struct File: Sendable {
        let bytes: [UInt8]
        let type: String
        let tag: String
    }

    /// What all of the page's files are called in logs and counters.
    static let route = "/page"

    /// The types that are served; a file of another kind is left out.
    private static let types = [
        "html": "text/html; charset=utf-8", "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8",
        "mjs": "text/javascript; charset=utf-8", "json": "application/json", "svg": "image/svg+xml",
        "png": "image/png", "jpg": "image/jpeg", "webp": "image/webp", "ico": "image/x-icon", "woff2": "font/woff2",
        "txt": "text/plain; charset=utf-8", "webmanifest": "application/manifest+json", "map": "application/json",
    ]

    /// The page may run its own scripts and styles and talk to this service, and nothing else.
    private static let policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
        + "media-src 'self' blob:; connect-src 'self'; font-src 'self'; manifest-src 'self'; worker-src 'self'; "
        + "frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"

    /// No page.
    public init() { files = [:] }

    /// - Throws: where the folder or a file cannot be read.
    public init(folder: String) throws {
        var files: [String: File] = [:]
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder) {
            guard let type = Self.types[path.split(separator: ".").last.map(String.init) ?? ""] else { continue }
            let bytes = [UInt8](try Data(contentsOf: URL(filePath: folder + "/" + path)))
            files["/" + path] = File(bytes: bytes, type: type, tag: "\"\(Self.digest(bytes))\"")
        }
        files["/"] = files["/index.html"]
        self.files = files
    }

    public var isEmpty: Bool { files.isEmpty }

    /// Where the files are served.
    var paths: Set<String> { Set(files.keys) }

    /// A route for each file.
    var routes: [ServiceRoute] {
        files.map { path, file in
            ServiceRoute(
                path,
                [
                    .get: { request, context in
                        context.coreContext.endpointPath.value = Self.route
                        var headers: HTTPFields = [
                            .eTag: file.tag, .cacheControl: "no-cache", .contentSecurityPolicy: Self.policy,
                        ]
                        if request.headers[.ifNoneMatch] == file.tag {
                            return Response(status: .notModified, headers: headers)
                        }
                        headers[.contentType] = file.type
                        return Response(
                            status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: file.bytes)))
                    }
                ])
        }
    }

    /// FNV-1a of 64 bits: tells one release's file from another's, which is all that a tag has to.
    private static func digest(_ bytes: [UInt8]) -> String {
        String(bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }, radix: 16)
    }
}
