import EmotionDetection
import FileNames
import ImageCodecs

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

    /// A folder, or files in one, that are not counted.
    struct Omission: Hashable {
        let path: String
        let reason: Reason
        /// How many files are left out with it: pictures of an unknown folder, else files that are no pictures.
        let fileCount: Int

        enum Reason: String {
            case unknownName = "not named like an emotion"
            case notInFolder = "in no emotion's folder"
            case noPictures = "no picture"
            case unreadable = "cannot be read"
        }

        /// For people.
        var sentence: String {
            "left out \(path): \(reason.rawValue)"
                + (fileCount > 0 ? " (\(fileCount) \(fileCount == 1 ? "file" : "files"))" : "")
        }
    }

    /// In the order of the emotions, then by name.
    let entries: [Entry]
    /// What lies there and is not counted, by name.
    let omissions: [Omission]

    /// Names that data sets give their folders, in small letters: the emotion's own, its noun and its adjective.
    ///
    /// "Calm" and "contempt" are classes of their own where they occur, and none of the seven.
    static let names: [Emotion: [String]] = [
        .angry: ["angry", "anger"], .disgust: ["disgust", "disgusted"], .fear: ["fear", "fearful", "afraid", "scared"],
        .happy: ["happy", "happiness", "joy"], .sad: ["sad", "sadness"], .surprise: ["surprise", "surprised"],
        .neutral: ["neutral", "neutrality"],
    ]

    /// The emotion that a folder of this name holds, in whatever case; nil of any other name.
    static func emotion(named name: String) -> Emotion? {
        let name = name.lowercased()
        return Emotion.allCases.first { names[$0]?.contains(name) == true }
    }

    /// The pictures in the folders at `path` that are named like emotions; several folders may mean the same one.
    ///
    /// - Throws: ``FaceFolderError`` where there is no such folder.
    init(_ path: String) throws(FaceFolderError) {
        let shown: [String]
        do throws(FileBytes.Failure) { shown = try FolderNames.visible(in: path) } catch {
            throw FaceFolderError(path: path, reason: error.reason)
        }
        var (found, omissions): ([Emotion: [Entry]], [Omission]) = ([:], [])
        let folders = shown.filter { Self.isFolder("\(path)/\($0)") }
        for name in folders {
            let folder = "\(path)/\(name)"
            guard let files = try? FolderNames.visible(in: folder) else {
                omissions.append(Omission(path: folder, reason: .unreadable, fileCount: 0))
                continue
            }
            let pictures = files.filter { Self.isPicture($0, in: folder) }
            guard let emotion = Self.emotion(named: name) else {
                omissions.append(Omission(path: folder, reason: .unknownName, fileCount: pictures.count))
                continue
            }
            found[emotion, default: []] += pictures.map { Entry(path: "\(folder)/\($0)", label: emotion) }
            if pictures.count < files.count || files.isEmpty {
                omissions.append(
                    Omission(path: folder, reason: .noPictures, fileCount: files.count - pictures.count))
            }
        }
        // A list of votes beside the folders is nothing that should have been counted; a picture is.
        let loose = shown.count { !folders.contains($0) && Self.isPicture($0, in: path) }
        if loose > 0 { omissions.append(Omission(path: path, reason: .notInFolder, fileCount: loose)) }
        entries = Emotion.allCases.flatMap { found[$0] ?? [] }
        self.omissions = omissions
    }

    /// By its name, so that a broken one is told, or by what it begins with.
    private static func isPicture(_ name: String, in folder: String) -> Bool {
        PictureName.isLikely(name)
            || (try? FileBytes.beginning(of: "\(folder)/\(name)", count: 32)).map(ImageDecoder.recognizes) ?? true
    }

    private static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return FileName.withBytes(path) { stat($0, &status) } == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}

/// A folder of faces that cannot be read.
struct FaceFolderError: Error, CustomStringConvertible {
    let path: String
    let reason: String

    var description: String { "\(FileName.shown(path)): \(reason)" }
}

extension FaceFolder.Entry {
    /// The file's name without folders and extension.
    var stem: String {
        let name = path.split(separator: "/").last ?? ""
        return String(name.prefix(upTo: name.lastIndex(of: ".") ?? name.endIndex))
    }
}
