#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What the person at the terminal asks for while a command runs.
enum Keyboard {
    enum Wish {
        /// Enter: the next question, or on with what comes next.
        case next
        /// `q` and Enter, or the end of the input.
        case end
    }

    /// Takes one line off standard input where there is one, without waiting; a terminal's only.
    static var wish: Wish? {
        var input = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        guard isatty(STDIN_FILENO) == 1, poll(&input, 1, 0) > 0 else { return nil }
        guard let line = readLine() else { return .end }
        return line.lowercased() == "q" ? .end : .next
    }
}
