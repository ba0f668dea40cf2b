import ArgumentParser
import FileNames
import ForeignPictures
import ImageCodecs

/// The pictures that a command is given: files, folders, lists of files, standard input.
struct PictureArguments: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "Pictures, folders of pictures, @LIST for a file with a path a line, - for standard input.",
            valueName: "image"), completion: .file())
    var images: [String]

    /// What the help of a command says of them.
    static let discussion = """
        JPEG and PNG are read, and through ffmpeg, where it is installed and can, also WebP, GIF, BMP, TIFF, HEIC, AVIF, \
        JPEG XL and JPEG 2000; of several pictures in one file the first, in \
        \(ForeignPicture.timeLimit.components.seconds) seconds at the most. What a file holds counts, not its name.

        Of a folder every picture in it and in the folders below is taken, in the order of the names' bytes; hidden files \
        and what is no picture are left out. - is one picture on standard input, @- a list there; a list may have zero \
        bytes between its paths as `find -print0` writes them. A name that begins with @ or - is written ./@name.
        """

    func validate() throws {
        guard images.count(where: { $0 == "-" || $0 == "@-" }) <= 1 else {
            throw ValidationError("Standard input can be read once, by one - or @-.")
        }
        guard !images.contains("@") else { throw ValidationError("@ needs the name of a list behind it.") }
    }

    /// Looks for everything that the arguments name, in their order.
    var items: [PictureItem] {
        images.flatMap { argument -> [PictureItem] in
            if argument == "-" { return [.picture(.standardInput)] }
            guard argument.utf8.first == UInt8(ascii: "@") else { return PictureFolder.items(at: argument) }
            return Self.items(ofList: String(argument.dropFirst()))
        }
    }

    /// Some millions of names.
    private static let longestListBytes = 1 << 28

    private static func items(ofList path: String) -> [PictureItem] {
        do throws(FileBytes.Failure) {
            let bytes =
                try path == "-"
                ? FileBytes.readStandardInput(atMost: longestListBytes)
                : FileBytes.read(path, atMost: longestListBytes, takesPipes: true)
            if ImageDecoder.recognizes(Array(bytes.prefix(32))) {
                return [.failure(name: "@" + path, .pictureAsList)]
            }
            // A mark of UTF-8 that some editors write in front.
            let names = names(in: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes)
            guard !names.isEmpty else { return [.failure(name: "@" + path, .emptyList)] }
            return names.flatMap(PictureFolder.items)
        } catch {
            return [.failure(name: "@" + path, PictureFailure(error))]
        }
    }

    /// The lines that are not empty; where there is a zero byte, what lies between zeros.
    private static func names(in list: [UInt8]) -> [String] {
        guard !list.contains(0) else { return list.split(separator: 0).map { FileName.text(Array($0)) } }
        return list.split(separator: UInt8(ascii: "\n"))
            .map { $0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0 }.filter { !$0.isEmpty }
            .map { FileName.text(Array($0)) }
    }
}

/// The option that says how many pictures are worked on at the same time.
struct JobsOption: ParsableArguments {
    @Option(
        name: [.short, .long],
        help: ArgumentHelp(
            "Pictures that are worked on at the same time; the output keeps their order.", valueName: "N"))
    var jobs = 1

    func validate() throws {
        if !(1...256).contains(jobs) { throw ValidationError("--jobs must be 1 to 256, not \(jobs).") }
    }
}
