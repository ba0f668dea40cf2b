import ConsoleOutput

extension PictureFailure {
    /// Tells the person on standard error and, where JSON is asked for, the program on standard output.
    func report(for image: String, asJSON: Bool) {
        Console.report("emotion: " + (message.hasPrefix(image) ? message : "\(image): \(message)"))
        guard asJSON else { return }
        let error = JSONValue.object([.init("code", .string(code)), .init("message", .string(message))])
        Console.print(
            JSONValue.object([
                .init("image", .string(image)), .init("success", .boolean(false)), .init("error", error),
            ]).text)
    }
}
