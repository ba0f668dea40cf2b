import Foundation
import InterviewAnalysis
import TestSupport
import Testing

/// Docs/session.schema.json against what the package writes: every key that is written is described, every required
/// key is written. (The values are checked against the schema by a full validator when it is changed.)
@Suite struct SessionSchemaTests {
    private let schema: [String: Any]

    init() throws {
        let url = URL(fileURLWithPath: Fixture.path("../../../Docs/session.schema.json"))
        schema = try #require(JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [String: Any])
    }

    @Test func statesTheVersionThatIsWritten() throws {
        let properties = try #require(schema["properties"] as? [String: Any])
        let version = try #require(properties["schema_version"] as? [String: Any])
        #expect(version["const"] as? Int == SessionRecord.currentSchemaVersion)
    }

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func describesEveryKeyOfASession(seed: UInt64) throws {
        let json = try JSONSerialization.jsonObject(with: Data(sampleSession(seed: seed).json()))
        var visited = 0
        try check(json, against: schema, at: "session", visited: &visited)
        #expect(visited > 1000)
    }

    @Test func describesAnEmptySession() throws {
        let record = SessionRecord(of: InterviewEmotionAnalyzer(clock: { 0 }))
        var visited = 0
        try check(
            try JSONSerialization.jsonObject(with: Data(record.json())), against: schema, at: "session",
            visited: &visited)
        #expect(visited > 20)
    }

    @Test func noticesASurplusAndAMissingKey() throws {
        let json = try JSONSerialization.jsonObject(with: Data(sampleSession(seed: 1).json()))
        var object = try #require(json as? [String: Any])
        #expect(problems(in: object).isEmpty)
        object["surplus"] = 1
        #expect(problems(in: object) == ["session.surplus is not described"])
        object["surplus"] = nil
        object["frames"] = nil
        #expect(problems(in: object) == ["session.frames is required"])
    }

    private func check(_ json: Any, against schema: [String: Any], at path: String, visited: inout Int) throws {
        let problems = problems(in: json, schema: schema, at: path, visited: &visited)
        #expect(problems.isEmpty, "\(problems.prefix(5))")
    }

    private func problems(in json: Any) -> [String] {
        var visited = 0
        return problems(in: json, schema: schema, at: "session", visited: &visited)
    }

    private func problems(in json: Any, schema: [String: Any], at path: String, visited: inout Int) -> [String] {
        visited += 1
        let schema = resolved(schema)
        if let array = json as? [Any], let items = schema["items"] as? [String: Any] {
            return array.flatMap { problems(in: $0, schema: items, at: path + "[]", visited: &visited) }
        }
        guard let object = json as? [String: Any] else { return [] }
        let properties = schema["properties"] as? [String: Any] ?? [:]
        let required = schema["required"] as? [String] ?? []
        var found = required.filter { object[$0] == nil }.map { "\(path).\($0) is required" }
        for (key, value) in object {
            if let property = properties[key] as? [String: Any] {
                found += problems(in: value, schema: property, at: path + "." + key, visited: &visited)
            } else if !(schema["additionalProperties"] is [String: Any]) {
                found.append("\(path).\(key) is not described")
            }
        }
        return found
    }

    private func resolved(_ schema: [String: Any]) -> [String: Any] {
        guard let reference = schema["$ref"] as? String, let name = reference.split(separator: "/").last,
            let definitions = self.schema["$defs"] as? [String: Any],
            let definition = definitions[String(name)] as? [String: Any]
        else { return schema }
        return definition
    }
}
