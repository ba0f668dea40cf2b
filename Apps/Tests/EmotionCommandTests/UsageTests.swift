import Testing

@Suite struct UsageTests {
    @Test(arguments: [
        ["unknown"], ["analyze"], ["detect"], ["analyze", "a.png", "--no-such-option"],
        ["analyze", "a.png", "--min-face", "5"], ["analyze", "a.png", "--min-face", "many"],
        ["analyze", "a.png", "b.png", "--overlay", "out.png"], ["analyze", "a.png", "--overlay", "out.gif"],
    ])
    func exitsWithTwoAndSaysWhy(arguments: [String]) throws {
        let command = try Command(arguments)
        #expect(command.status == 2)
        #expect(command.output.isEmpty)
        #expect(command.messages.contains("Usage: emotion"))
    }

    @Test(arguments: [["--help"], ["analyze", "--help"], ["models"], ["help", "doctor"]])
    func printsHelpAsData(arguments: [String]) throws {
        let command = try Command(arguments)
        #expect(command.status == 0)
        #expect(command.output.contains { $0.hasPrefix("USAGE: emotion") })
        #expect(command.messages.isEmpty)
    }

    @Test func printsItsVersion() throws {
        let command = try Command("--version")
        #expect(command.status == 0)
        #expect(command.output.count == 1)
        #expect(command.output.first?.split(separator: ".").count == 3)
    }
}
