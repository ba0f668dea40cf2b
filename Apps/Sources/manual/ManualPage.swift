/// A manual page in the macros of `man(7)`.
struct ManualPage {
    let command: ToolDescription.Command

    var text: String { (heading + description + commands + ending).joined(separator: "\n") }

    private var name: String { command.commandName }

    private var heading: [String] {
        [
            ".TH \(name.uppercased()) 1", ".SH NAME",
            "\(name) \\- " + Roff.text(command.abstract ?? ""), ".SH SYNOPSIS", ".B \(name)",
            ".I command", "[options]",
        ]
    }

    private var description: [String] { [".SH DESCRIPTION"] + Roff.paragraphs(command.discussion ?? "") }

    private var commands: [String] {
        [".SH COMMANDS"] + shown(command.subcommands).flatMap { section($0, path: [name, $0.commandName]) }
    }

    private func section(_ command: ToolDescription.Command, path: [String]) -> [String] {
        let inner = shown(command.subcommands)
        guard inner.isEmpty else { return inner.flatMap { section($0, path: path + [$0.commandName]) } }
        let arguments = (command.arguments ?? []).filter { $0.shouldDisplay && !$0.isHelp }
        let synopsis = arguments.map(\.synopsis).joined(separator: " ")
        return [
            ".SS " + Roff.text(path.joined(separator: " ")), ".B " + Roff.text(path.joined(separator: " ")), synopsis,
        ]
            + [".PP"] + Roff.paragraphs(command.abstract ?? "") + [".PP"] + Roff.paragraphs(command.discussion ?? "")
            + arguments.flatMap { [".TP", $0.heading] + Roff.paragraphs($0.explanation) }
    }

    private var ending: [String] {
        let statuses = [
            ("0", "Done."), ("1", "Failed; standard error says why."), ("2", "Wrong usage."), ("3", "No face found."),
        ]
        let variables = [
            ("SWIFT_EMOTION_WEIGHTS", "The folder of the weight files, searched alone."),
            ("SWIFT_EMOTION_KERNELS", "portable: no kernels are compiled at run time."),
            ("NO_COLOR", "No colour on a terminal."),
        ]
        let folders = [
            ("share/swift-emotion", "The weight files, beside the folder of the program; see emotion doctor.")
        ]
        func list(_ title: String, _ rows: [(String, String)]) -> [String] {
            [".SH " + title] + rows.flatMap { [".TP", ".B " + Roff.text($0.0), Roff.text($0.1)] }
        }
        return list("EXIT STATUS", statuses) + list("ENVIRONMENT", variables) + list("FILES", folders)
            + [".SH SEE ALSO", ".BR ffmpeg (1)"]
    }

    private func shown(_ commands: [ToolDescription.Command]?) -> [ToolDescription.Command] {
        (commands ?? []).filter { $0.commandName != "help" && $0.shouldDisplay != false }
    }
}

extension ToolDescription.Argument {
    var isHelp: Bool { names?.contains { $0.name == "help" || $0.name == "version" } ?? false }

    private var spelled: [String] {
        (names ?? []).map { ($0.kind == .long ? "--" : "-") + $0.name }
    }

    private var value: String { "\\fI" + Roff.text(valueName ?? "value") + "\\fR" }

    /// As it stands in the line that shows a command's form.
    var synopsis: String {
        let text =
            switch kind {
            case .positional: value
            case .flag: "\\fB" + Roff.text(spelled.last ?? "") + "\\fR"
            case .option: "\\fB" + Roff.text(spelled.last ?? "") + "\\fR " + value
            }
        return (isOptional ? "[" + text + "]" : text) + (isRepeating ? "..." : "")
    }

    var heading: String {
        guard kind != .positional else { return value }
        let names = spelled.map { "\\fB" + Roff.text($0) + "\\fR" }.joined(separator: ", ")
        return kind == .flag ? names : names + " " + value
    }

    var explanation: String {
        [abstract, discussion, defaultValue.map { "(default: \($0))" }].compactMap { $0 }.joined(separator: " ")
    }
}

/// Text as roff takes it.
enum Roff {
    /// One line, in which nothing is a command or an escape.
    static func text(_ text: String) -> String {
        let escaped = text.map { character -> String in
            switch character {
            case "\\": "\\e"
            case "-": "\\-"
            case _ where character.isASCII: String(character)
            // By number, for readers that take a page for Latin-1.
            default: character.unicodeScalars.map { "\\[u" + hexadecimal($0.value) + "]" }.joined()
            }
        }.joined()
        return escaped.hasPrefix(".") || escaped.hasPrefix("'") ? "\\&" + escaped : escaped
    }

    private static func hexadecimal(_ value: UInt32) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    /// Lines of `text`, with a new paragraph for each that is empty.
    static func paragraphs(_ text: String) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? ".PP" : Self.text(String($0)) }
    }
}
