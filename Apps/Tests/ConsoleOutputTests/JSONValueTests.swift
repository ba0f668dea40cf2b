import ConsoleOutput
import Testing

@Suite struct JSONValueTests {
    @Test func keepsTheOrderOfMembers() {
        let value = JSONValue.object([
            .init("zebra", .integer(1)), .init("ant", .array([.boolean(true), .null, .decimal(0.5, digits: 3)])),
            .init("empty", .object([])),
        ])
        #expect(value.text == #"{"zebra":1,"ant":[true,null,0.500],"empty":{}}"#)
    }

    @Test func escapesWhatTheGrammarForbids() {
        #expect(JSONValue.string("a\"b\\c\n\r\t\u{1}é😀").text == #""a\"b\\c\n\r\t\u0001é😀""#)
    }

    @Test func writesNullForNumbersThatJSONLacks() {
        #expect(JSONValue.decimal(.nan, digits: 2).text == "null")
    }
}
