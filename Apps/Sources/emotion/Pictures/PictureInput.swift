import FileNames

/// Where one picture comes from.
enum PictureInput: Hashable, Sendable {
    case standardInput
    /// The file's name as ``FileName`` writes it.
    case file(String)

    /// `-` for standard input.
    var name: String {
        switch self {
        case .standardInput: "-"
        case .file(let path): path
        }
    }
}

/// One thing to report on: a picture, or why there is none where one was asked for.
enum PictureItem: Sendable {
    case picture(PictureInput)
    case failure(name: String, PictureFailure)
}
