import EmotionDetection

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A folder of cropped faces, sorted by people into folders that are named like the emotions.
struct FaceFolder {
    /// One picture and the folder it lies in.
    struct Entry: Hashable {
        let path: String
        let label: Emotion
    }

    /// In the order of the emotions, then by name.
    let entries: [Entry]

    private static let suffixes = [".png", ".jpg", ".jpeg"]

    /// The pictures of `<path>/<emotion>/`; none where there are no such folders.
    init(_ path: String) {
        entries = Emotion.allCases.flatMap { emotion in
            let folder = "\(path)/\(emotion.rawValue)"
            let pictures = Self.names(in: folder).filter { name in
                Self.suffixes.contains { name.lowercased().hasSuffix($0) }
            }
            return pictures.sorted().map { Entry(path: "\(folder)/\($0)", label: emotion) }
        }
    }

    /// The names of the files in `folder`; none where it cannot be read.
    private static func names(in folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            names.append(
                withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
                })
        }
        return names
    }
}

extension FaceFolder.Entry {
    /// The file's name without folders and extension.
    var stem: String {
        let name = path.split(separator: "/").last ?? ""
        return String(name.prefix(upTo: name.lastIndex(of: ".") ?? name.endIndex))
    }
}
