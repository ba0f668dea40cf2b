import EmotionDetection
import FileNames
import ImageCodecs

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The folder that `emotion detect --crops` fills: each face as the emotion network would see it, before it is resized.
struct CropFolder {
    let path: String
    let cropping: FaceCropping

    /// Makes the folder where it is missing.
    ///
    /// - Throws: what keeps it from being made or written to, two pictures whose crops would bear the same names, or a
    ///   picture that a crop would replace.
    init(_ path: String, cropping: FaceCropping, for pictures: [String]) throws(CropFolderError) {
        self.path = path
        self.cropping = cropping
        var seen: Set<String> = []
        for picture in pictures where !seen.insert(Self.stem(of: picture)).inserted {
            throw .sameName(Self.stem(of: picture))
        }
        if FileName.withBytes(path, { mkdir($0, 0o777) }) != 0, errno != EEXIST {
            throw .unwritable(path: path, reason: SystemReason.words(errno))
        }
        let names: [String]
        do throws(FileBytes.Failure) { names = try FolderNames.visible(in: path) } catch {
            throw .unwritable(path: path, reason: error.reason)
        }
        guard FileName.withBytes(path, { access($0, W_OK | X_OK) }) == 0 else {
            throw .unwritable(path: path, reason: SystemReason.words(errno))
        }
        let inputs = Set(pictures.compactMap { FileIdentity(path: $0) })
        for name in names where Self.stem(ofCrop: name).map(seen.contains) == true {
            let file = "\(path)/\(name)"
            if let identity = FileIdentity(path: file), inputs.contains(identity) { throw .replacesInput(file) }
        }
    }

    /// Writes `<picture>-<number>.png` for each face, numbered from 1 in their order, and says where.
    func write(_ faces: [DetectedFace], of image: Image, from picture: String) throws(PictureFailure) -> [String] {
        var files: [String] = []
        for (index, face) in faces.enumerated() {
            let file = "\(path)/\(Self.stem(of: picture))-\(index + 1).png"
            let bytes: [UInt8]
            do { bytes = try ImageEncoder.png(cropping.crop(of: face, in: image)) } catch {
                throw PictureFailure(crop: "\(error)")
            }
            var status = stat()
            if FileName.withBytes(file, { lstat($0, &status) }) == 0, status.st_mode & S_IFMT == S_IFLNK {
                // The name is ours and not the user's: what the link leads to was not meant.
                throw PictureFailure(crop: "\(FileName.shown(file)) is a link, and is not written through")
            }
            do { try OutputFile(file).write(bytes) } catch { throw PictureFailure(crop: "\(error)") }
            files.append(file)
        }
        return files
    }

    /// The name of the picture of which a crop of this name would be; nil where none is called so.
    private static func stem(ofCrop name: String) -> String? {
        guard name.hasSuffix(".png"), let dash = name.lastIndex(of: "-") else { return nil }
        let number = name[name.index(after: dash)...].dropLast(4)
        return !number.isEmpty && number.allSatisfy(\.isWholeNumber) ? String(name[..<dash]) : nil
    }

    /// The file's name without folders and suffix.
    private static func stem(of path: String) -> String {
        let name = path.split(separator: "/").last ?? ""
        return String(name.lastIndex(of: ".").map { $0 > name.startIndex ? name[..<$0] : name } ?? name)
    }
}

/// Why crops cannot be written.
enum CropFolderError: Error, CustomStringConvertible {
    case sameName(String)
    case replacesInput(String)
    case unwritable(path: String, reason: String)

    var description: String {
        switch self {
        case .sameName(let name):
            "two pictures are named \(FileName.shown(name)): the crops of one would replace the other's"
        case .replacesInput(let path):
            "a face could replace the input \(FileName.shown(path)); name another folder with --crops. Nothing was done."
        case .unwritable(let path, let reason): "no crops can be written in \(FileName.shown(path)): \(reason)"
        }
    }
}
