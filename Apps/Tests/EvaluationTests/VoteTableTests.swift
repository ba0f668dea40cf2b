import EmotionDetection
import Evaluation
import Testing

@Suite struct VoteTableTests {
    private let header = "row,label,neutral,happiness,surprise,sadness,anger,disgust,fear,contempt,unknown,NF\n"

    @Test func theEmotionWithMostVotesLeads() throws {
        let table = try VoteTable(csv: header + "7,sad,1,0,0,2,7,0,0,0,0,0\n8,sad,0,6,4,0,0,0,0,0,0,0\n")
        #expect(table.majority(of: "7") == .angry)
        #expect(table.majority(of: "8") == .happy)
        #expect(table.majority(of: "9") == nil)
    }

    @Test func tiesAndLeadsOfOtherAnswersGiveNoMajority() throws {
        let table = try VoteTable(csv: header + "1,sad,5,5,0,0,0,0,0,0,0,0\n2,sad,4,0,0,0,0,0,0,6,0,0\n")
        #expect(table.majority(of: "1") == nil)
        #expect(table.majority(of: "2") == nil)
    }

    @Test func columnsMayStandInAnyOrder() throws {
        let table = try VoteTable(
            csv:
                "NF,row,fear,neutral,happiness,surprise,sadness,anger,disgust,contempt,unknown\n0,a,9,1,0,0,0,0,0,0,0\n"
        )
        #expect(table.majority(of: "a") == .fear)
    }

    @Test func aMissingColumnAndABadLineAreNamed() {
        #expect(throws: VoteTable.Failure.missingColumn("happiness")) { try VoteTable(csv: "row,neutral\n1,2\n") }
        #expect(throws: VoteTable.Failure.missingColumn("row")) { try VoteTable(csv: "") }
        #expect(throws: VoteTable.Failure.unreadableLine(2)) { try VoteTable(csv: header + "1,sad,2\n") }
        #expect(throws: VoteTable.Failure.unreadableLine(3)) {
            try VoteTable(csv: header + "1,sad,0,0,0,0,9,0,0,0,0,1\n2,sad,0,0,0,0,-9,0,0,0,0,1\n")
        }
    }
}
