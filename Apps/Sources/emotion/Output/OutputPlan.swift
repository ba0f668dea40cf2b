import FileNames

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What a command reads and writes, settled before any work: no output may be an input or another output, under
/// whatever name, and each must be writable.
struct OutputPlan {
    /// What each file is to the command, in words.
    private var uses: [FileIdentity: String] = [:]
    private var writesDataToStandardOutput = false

    /// - Parameters:
    ///   - inputs: every file that is read; `-` is standard input.
    /// - Throws: ``UsageRefusal`` where standard output is a file that is read.
    init(reading inputs: [String]) throws(UsageRefusal) {
        for path in inputs {
            let identity = path == "-" ? FileIdentity(descriptor: STDIN_FILENO) : FileIdentity(path: path)
            if let identity { uses[identity] = path == "-" ? "standard input" : "the input \(FileName.shown(path))" }
        }
        if case .file = FileIdentity(descriptor: STDOUT_FILENO) {
            try claim(FileIdentity(descriptor: STDOUT_FILENO), as: "standard output")
        }
    }

    /// Opens an output, or nothing where `path` is nil.
    ///
    /// - Parameter option: by which the user named it, for messages.
    mutating func open(_ path: String?, for option: String) throws -> OutputFile? {
        guard let path else { return nil }
        try claim(path, for: option)
        return try OutputFile(path)
    }

    /// Checks an output that must not exist yet and is made later; a link of that name is taken as existing.
    mutating func reserve(_ path: String?, for option: String) throws {
        guard let path else { return }
        try claim(path, for: option)
        var status = stat()
        guard FileName.withBytes(path, { lstat($0, &status) }) != 0 else {
            throw OutputError(path: path, isLost: false, reason: "it exists already, and is not overwritten")
        }
        // Made and removed, which tells more than looking at rights does.
        try OutputFile(path).discard()
    }

    private mutating func claim(_ path: String, for option: String) throws(UsageRefusal) {
        let isStandardOutput: Bool
        if path == "-" {
            isStandardOutput = true
        } else if case .success(.descriptor(STDOUT_FILENO)) = LinkTarget.of(path) {
            isStandardOutput = true
        } else {
            isStandardOutput = false
        }
        let use = "\(option) \(FileName.shown(path))"
        guard isStandardOutput else {
            if let identity = FileIdentity(path: path) { try claim(identity, as: use) }
            return
        }
        guard !writesDataToStandardOutput else {
            throw UsageRefusal("\(use): standard output takes one of the outputs only.")
        }
        writesDataToStandardOutput = true
    }

    private mutating func claim(_ identity: FileIdentity, as use: String) throws(UsageRefusal) {
        if let other = uses[identity] {
            throw UsageRefusal("\(use) is the same file as \(other); nothing was done.")
        }
        uses[identity] = use
    }
}

/// A command that was called in a way that makes no sense; ends with the status of wrong usage.
struct UsageRefusal: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
