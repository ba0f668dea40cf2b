import EmotionDetection
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
    /// - Throws: what keeps it from being made, or two pictures whose crops would bear the same names.
    init(_ path: String, cropping: FaceCropping, for pictures: [String]) throws(CropFolderError) {
        self.path = path
        self.cropping = cropping
        var seen: Set<String> = []
        for picture in pictures where !seen.insert(Self.stem(of: picture)).inserted {
            throw .sameName(Self.stem(of: picture))
        }
        if mkdir(path, 0o777) != 0, errno != EEXIST { throw .unwritable(path: path, code: errno) }
    }

    /// Writes `<picture>-<number>.png` for each face, numbered from 1 in their order, and says where.
    func write(_ faces: [DetectedFace], of image: Image, from picture: String) throws(PictureFailure) -> [String] {
        var files: [String] = []
        for (index, face) in faces.enumerated() {
            let file = "\(path)/\(Self.stem(of: picture))-\(index + 1).png"
            do { try ImageEncoder.write(cropping.crop(of: face, in: image), to: file) } catch {
                throw PictureFailure(crop: error)
            }
            files.append(file)
        }
        return files
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
    case unwritable(path: String, code: Int32)

    var description: String {
        switch self {
        case .sameName(let name): "two pictures are named \(name): the crops of one would replace the other's"
        case .unwritable(let path, let code): "cannot make the folder \(path): \(String(cString: strerror(code)))"
        }
    }
}
