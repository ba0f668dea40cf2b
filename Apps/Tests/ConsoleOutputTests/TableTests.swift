import ConsoleOutput
import Testing

@Suite struct TableTests {
    @Test func alignsColumns() {
        var table = Table(.left, .right, .left)
        table.append("happy", "99.5", "█")
        table.append("sad", "0.5", "")
        #expect(table.lines == ["happy  99.5  █", "sad     0.5"])
    }

    @Test(arguments: [(0.0, ""), (1.0, "████"), (0.5, "██"), (2.0, "████"), (-1.0, ""), (0.28125, "█▏")])
    func drawsBars(fraction: Double, expected: String) {
        #expect(Bar.text(fraction, width: 4) == expected)
    }
}
