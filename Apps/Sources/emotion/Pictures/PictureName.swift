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
