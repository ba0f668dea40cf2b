import Foundation
import Testing

@Suite struct EvaluateCommandTests {
    /// A folder of three pictures, two emotions and one file that is no picture.
    private func faces() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        for emotion in ["happy", "neutral"] {
            try FileManager.default.createDirectory(atPath: folder.path(emotion), withIntermediateDirectories: true)
        }
        let astronaut = try Data(contentsOf: URL(fileURLWithPath: Repository.astronaut))
        _ = try folder.file("happy/1.png", astronaut)
        _ = try folder.file("happy/2.PNG", TinyPicture.gray)
        _ = try folder.file("neutral/3.png", TinyPicture.gray)
        _ = try folder.file("neutral/notes.txt", Data("nothing".utf8))
        return folder
    }

    @Test func printsEveryFigureAsOneObject() throws {
        let folder = try faces()
        let command = try Command("evaluate", "--json", folder.path(""))
        #expect(command.status == 0, "\(command.messages)")
        let object = try #require(command.objects().first)
        #expect(command.output.count == 1)
        #expect(object["pictures"] as? Int == 3)
        #expect(object["failures"] as? Int == 0)
        let right = try #require(object["right"] as? Int)
        #expect(try #require(object["accuracy"] as? Double) == (Double(right) / 3 * 1e6).rounded() / 1e6)
        let confusion = try #require(object["confusion"] as? [[Int]])
        #expect(confusion.map { $0.reduce(0, +) } == [0, 0, 0, 2, 0, 0, 1])
        #expect((object["reliability"] as? [Any])?.count == 15)
        #expect(Set(try #require(object["per_class"] as? [String: Any]).keys).count == 7)
        for key in ["macro_f1", "mean_recall", "ece", "nll", "brier", "pictures_per_second"] {
            #expect(object[key] is Double, "\(key)")
        }
        #expect(object["ferplus"] is NSNull)
        let temperatures = (object["model"] as? [String: Any])?["temperatures"] as? [String: Double]
        #expect(temperatures?.count == 7 && temperatures?.values.allSatisfy { $0 > 0 } == true)
    }

    @Test func writesAnAnswerForEveryPictureThatAgreesWithAnalyzing() throws {
        let folder = try faces()
        let command = try Command("evaluate", folder.path(""), "--predictions", folder.path("out.csv"))
        #expect(command.status == 0, "\(command.messages)")
        let lines = try String(contentsOfFile: folder.path("out.csv"), encoding: .utf8).split(separator: "\n")
        #expect(lines.first == "file,label,predicted,angry,disgust,fear,happy,sad,surprise,neutral")
        #expect(lines.count == 4)
        for line in lines.dropFirst() {
            let cells = line.split(separator: ",")
            #expect(cells.count == 10)
            #expect(abs(cells.dropFirst(3).compactMap { Double($0) }.reduce(0, +) - 1) < 1e-5)
        }
        // The same gray picture under two labels gets the same answer.
        #expect(lines[2].split(separator: ",").dropFirst(2) == lines[3].split(separator: ",").dropFirst(2))
        #expect(command.output.contains { $0.hasPrefix("accuracy") && $0.contains("95 % interval") })
    }

    @Test func comparesWithVotesWhereTheyAreGiven() throws {
        let folder = try faces()
        let header = "row,neutral,happiness,surprise,sadness,anger,disgust,fear,contempt,unknown,NF\n"
        let votes = try folder.file(
            "votes.csv", Data((header + "1,0,10,0,0,0,0,0,0,0,0\n2,5,5,0,0,0,0,0,0,0,0\n").utf8))
        let object = try Command("evaluate", "--json", folder.path(""), "--labels", votes).objects().first
        #expect((object?["ferplus"] as? [String: Any])?["pictures"] as? Int == 1)
        let broken = try folder.file("broken.csv", Data("row\n1\n".utf8))
        let refused = try Command("evaluate", folder.path(""), "--labels", broken)
        #expect(refused.status == 1)
        #expect(refused.messages.contains("neutral"))
    }

    @Test func aBrokenPictureIsReportedAndCounted() throws {
        let folder = try faces()
        _ = try folder.file("neutral/4.png", TinyPicture.gray.prefix(40))
        let command = try Command("evaluate", "--json", folder.path(""))
        #expect(command.status == 1)
        #expect(command.messages.contains("4.png"))
        #expect(try command.objects().first?["pictures"] as? Int == 3)
        #expect(try command.objects().first?["failures"] as? Int == 1)
    }

    /// Folders of one gray picture each.
    private func folders(_ names: [String]) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        for name in names {
            try FileManager.default.createDirectory(atPath: folder.path(name), withIntermediateDirectories: true)
            _ = try folder.file("\(name)/1.png", TinyPicture.gray)
        }
        return folder
    }

    @Test func takesTheUsualNamesInAnyCase() throws {
        // In the order of the matrix: angry, disgust, fear, happy, sad, surprise, neutral.
        let names = [
            ["anger", "Angry"], ["DISGUSTED"], ["fearful", "Afraid"], ["happiness", "Happy", "joy"], ["sadness"],
            ["Surprised", "SURPRISE"], ["Neutral"],
        ]
        let folder = try folders(names.flatMap(\.self))
        let command = try Command("evaluate", "--json", folder.path(""))
        #expect(command.status == 0)
        #expect(command.messages.isEmpty)
        let object = try #require(command.objects().first)
        #expect(object["pictures"] as? Int == 12)
        let confusion = try #require(object["confusion"] as? [[Int]])
        #expect(confusion.map { $0.reduce(0, +) } == names.map(\.count))
        #expect((object["left_out"] as? [Any])?.isEmpty == true)
    }

    @Test func namesWhatItLeavesOut() throws {
        let folder = try folders(["happy", "contempt", "calm"])
        _ = try folder.file("contempt/2.png", TinyPicture.gray)
        _ = try folder.file("happy/notes.txt", Data("nothing".utf8))
        _ = try folder.file("loose.png", TinyPicture.gray)
        let command = try Command("evaluate", "--json", folder.path(""))
        #expect(command.status == 0)
        let object = try #require(command.objects().first)
        #expect(object["pictures"] as? Int == 1)
        let left = try #require(object["left_out"] as? [[String: Any]])
        let count = { (name: String) in
            left.first { ($0["path"] as? String)?.hasSuffix(name) == true }?["files"] as? Int
        }
        #expect(left.count == 4)
        #expect(count("/contempt") == 2 && count("/calm") == 1 && count("/happy") == 1)
        #expect(left.contains { $0["reason"] as? String == "in no emotion's folder" && $0["files"] as? Int == 1 })
        for words in ["contempt: not named like an emotion (2 files)", "calm: not named", "happy: no picture"] {
            #expect(command.messages.contains(words), "\(words)")
        }
    }

    @Test func failsWhereNothingFits() throws {
        let nothing = try TemporaryFolder()
        let empty = try Command("evaluate", nothing.path(""))
        #expect(empty.status == 1)
        #expect(empty.messages.contains("named like an emotion"))
        let unknown = try folders(["contempt"])
        let command = try Command("evaluate", unknown.path(""))
        #expect(command.status == 1)
        #expect(command.output.isEmpty)
        #expect(command.messages.contains("left out") && command.messages.contains("contempt"))
        let absent = try Command("evaluate", unknown.path("nosuch"))
        #expect(absent.status == 1)
        #expect(absent.messages.contains("nosuch") && absent.messages.contains("there is no such file or folder"))
    }

    /// Other formats through ffmpeg, and names of any bytes.
    @Test(.enabled(if: Programs.haveFFmpeg, "ffmpeg is not on the search path"))
    func readsWhatAnalyzeReads() throws {
        let folder = try folders(["happy"])
        try Programs.ffmpeg(["-i", Repository.astronaut, "-frames:v", "1", folder.path("happy/face.bmp")])
        let command = try Command("evaluate", "--json", folder.path(""))
        #expect(command.status == 0, "\(command.messages)")
        #expect(try command.objects().first?["pictures"] as? Int == 2)
    }
}
