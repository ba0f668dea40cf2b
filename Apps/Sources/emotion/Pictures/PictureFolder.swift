import FileNames
import ImageCodecs

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A search for pictures through a folder and all that is in it.
///
/// In the order of the names' bytes, file and folder alike, which is the same everywhere. Links are followed, and no
/// folder is entered twice, so that links that lead in a circle do no harm. Hidden files and folders are left out, and files
/// that neither begin as a picture does nor are named like one: a broken picture is told.
struct PictureFolder {
    private var items: [PictureItem] = []
    private var entered: Set<FolderIdentity> = []

    /// The picture at `path`, or those in the folder there.
    static func items(at path: String) -> [PictureItem] {
        guard let status = FileStatus(path), status.isFolder else { return [.picture(.file(path))] }
        var search = PictureFolder()
        search.enter(path, status.identity)
        return search.items.isEmpty ? [.failure(name: path, .emptyFolder)] : search.items
    }

    private mutating func enter(_ folder: String, _ identity: FolderIdentity) {
        guard entered.insert(identity).inserted else { return }
        let names: [String]
        do throws(FileBytes.Failure) { names = try FolderNames.visible(in: folder) } catch {
            items.append(.failure(name: folder, PictureFailure(error)))
            return
        }
        let prefix = folder.utf8.last == UInt8(ascii: "/") ? folder : folder + "/"
        for name in names {
            let path = prefix + name
            guard let status = FileStatus(path) else {
                if PictureName.isLikely(name) { items.append(.failure(name: path, .deadLink)) }
                continue
            }
            if status.isFolder {
                enter(path, status.identity)
            } else if status.isFile {
                do throws(FileBytes.Failure) {
                    let isPicture = ImageDecoder.recognizes(try FileBytes.beginning(of: path, count: 32))
                    if isPicture || PictureName.isLikely(name) { items.append(.picture(.file(path))) }
                } catch {
                    // What it is cannot be told, so it is not passed over in silence.
                    items.append(.failure(name: path, PictureFailure(error)))
                }
            }
        }
    }
}

/// What the system says of a file; links are followed.
private struct FileStatus {
    let isFolder: Bool
    let isFile: Bool
    let identity: FolderIdentity

    /// Nil where nothing is there, or a link that leads nowhere.
    init?(_ path: String) {
        var status = stat()
        guard FileName.withBytes(path, { stat($0, &status) }) == 0 else { return nil }
        isFolder = status.st_mode & S_IFMT == S_IFDIR
        isFile = status.st_mode & S_IFMT == S_IFREG
        identity = FolderIdentity(device: UInt64(status.st_dev), number: UInt64(status.st_ino))
    }
}

/// What no two folders have in common.
private struct FolderIdentity: Hashable {
    let device: UInt64
    let number: UInt64
}

/// Names of files that promise a picture: what bears one and is none is told, not passed over.
enum PictureName {
    private static let endings: Set<String> = [
        "png", "jpg", "jpeg", "jpe", "jfif", "webp", "gif", "bmp", "tif", "tiff", "heic", "heif", "avif", "jxl", "jp2",
    ]

    /// Whether the name ends like a picture's, in whatever case.
    static func isLikely(_ name: String) -> Bool {
        guard let dot = name.lastIndex(of: ".") else { return false }
        return endings.contains(name[name.index(after: dot)...].lowercased())
    }
}
