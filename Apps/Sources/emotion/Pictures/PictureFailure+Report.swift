import ConsoleOutput
import FileNames

extension PictureFailure {
    /// Tells the person on standard error and, where JSON is asked for, the program on standard output.
    ///
    /// - Parameter image: the picture's name; nil where the failure concerns them all.
    func report(for image: String?, asJSON: Bool) {
        Console.report("emotion: " + (image.map { FileName.shown($0) + ": " } ?? "") + message)
        guard asJSON else { return }
        let error = JSONValue.object([.init("code", .string(code)), .init("message", .string(message))])
        let members = image.map(JSONValue.Member.image) ?? [.init("image", .null)]
        Console.print(JSONValue.object(members + [.init("success", .boolean(false)), .init("error", error)]).text)
    }
}

extension JSONValue.Member {
    /// `image`, the picture's name; where its bytes are no UTF-8, which JSON cannot hold, `image_base64` has them.
    static func image(_ name: String) -> [JSONValue.Member] { file("image", name) }

    /// A file's name under `key`; where its bytes are no UTF-8, `key` with `_base64` behind it has them.
    static func file(_ key: String, _ name: String) -> [JSONValue.Member] {
        guard FileName.hasEscapes(name) else { return [.init(key, .string(name))] }
        return [.init(key, .string(FileName.shown(name))), .init(key + "_base64", .string(FileName.base64(name)))]
    }
}
