import Foundation
import InterviewAnalysis
import TestSupport
import Testing

/// The row of what a face does: in frames, in frames between them, in files of today's layout and of earlier ones.
@Suite struct FaceMovementsTests {
    private let movements = FaceMovements { signal in
        switch signal {
        case .yaw: -12.34567
        case .blinkLeft: 1.5
        case .pitch: .nan
        case .eyeSpan: 81.25
        default: 0.5
        }
    }

    @Test func valuesAreHeldAndRounded() {
        #expect(movements[.yaw] == -12.346)
        #expect(movements[.blinkLeft] == 1)
        #expect(movements[.pitch] == 0)
        #expect(movements[.eyeSpan] == 81.25)
        #expect(movements[.mouthOpening] == 0.5)
    }

    @Test func haveTheNamesOfTheMeshCommand() throws {
        let json = try JSONSerialization.jsonObject(with: JSONEncoder().encode(movements))
        let object = try #require(json as? [String: Double])
        #expect(Set(object.keys) == Set(FaceMovements.Signal.allCases.map(\.rawValue)))
        #expect(object["gaze_yaw"] == 0.5 && object["blink_left"] == 1 && object["yaw"] == -12.346)
        #expect(try JSONDecoder().decode(FaceMovements.self, from: JSONEncoder().encode(movements)) == movements)
    }

    private func session() throws -> SessionRecord {
        var session = InterviewEmotionAnalyzer(clock: { 0 })
        for number in 0..<12 {
            let time = Double(number) / 4
            if number.isMultiple(of: 3) {
                try session.add(
                    FaceObservation(emotions: face(scoring: 0.5), movements: number == 6 ? nil : movements), at: time)
            } else {
                try session.addMissed(.sampling, movements: number == 4 ? nil : movements, at: time)
            }
        }
        return SessionRecord(of: session)
    }

    @Test func stayInSessionsAndJournals() throws {
        let record = try session()
        #expect(record.frames.map { $0.movements != nil } == [true, true, false, true])
        #expect(record.missed.map { $0.movements != nil } == [true, true, false, true, true, true, true, true])
        #expect(try SessionRecord(json: record.json()) == record)
        let path = temporaryPath(".journal")
        defer { try? FileManager.default.removeItem(atPath: path) }
        let journal = try SessionJournal(creating: path, configuration: record.configuration)
        for frame in record.frames.prefix(1) { try journal.append(.frame(frame)) }
        for missed in record.missed.prefix(2) { try journal.append(.missed(missed)) }
        let recovered = try RecoveredSession(journal: path).analyzer
        #expect(recovered.frames == Array(record.frames.prefix(1)))
        #expect(recovered.missed == Array(record.missed.prefix(2)))
    }

    // Layout 2 had no movements and rules without them.
    @Test func aSessionOfTheSecondLayoutIsRead() throws {
        let record = SessionRecord(of: try analyzer(scoring: [0.5, 0.7, 0.6]))
        var object = try #require(JSONSerialization.jsonObject(with: Data(record.json())) as? [String: Any])
        (object["schema_version"], object["rules_version"]) = (2, 3)
        var summary = try #require(object["summary"] as? [String: Any])
        summary["movements"] = nil
        object["summary"] = summary
        let read = try SessionRecord(json: [UInt8](JSONSerialization.data(withJSONObject: object)))
        #expect(read == record)
        #expect(read.frames.allSatisfy { $0.movements == nil })
    }

    @Test(arguments: [("blink_left", "1.25"), ("yaw", "181"), ("eye_span", "-1")])
    func whatIsBeyondItsRangeIsRefused(name: String, value: String) throws {
        let text = String(decoding: try session().json(), as: UTF8.self)
        let frames = try #require(text.range(of: "\"frames\":["))
        let place = try #require(text.range(of: "\"\(name)\":", range: frames.upperBound..<text.endIndex))
        let rest = text[place.upperBound...].drop { "-0123456789.".contains($0) }
        #expect {
            try SessionRecord(json: Array((text[..<place.upperBound] + value + rest).utf8))
        } throws: { error in
            guard case SessionError.impossible(let field, _) = error else { return false }
            return field == "frames[0].movements.\(name)"
        }
    }

    @Test func aRowThatLacksANumberIsRefused() throws {
        let text = String(decoding: try session().json(), as: UTF8.self)
        let changed = text.replacingOccurrences(of: "\"jaw_open\":0.5,", with: "")
        #expect(changed != text)
        #expect(throws: SessionError.self) { try SessionRecord(json: Array(changed.utf8)) }
    }
}
