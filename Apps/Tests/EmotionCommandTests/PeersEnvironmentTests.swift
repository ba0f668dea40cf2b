import Foundation
import Testing

/// `make bench-peers` makes the Python environment that it needs, or says which step failed and what helps.
@Suite struct PeersEnvironmentTests {
    private let folder: TemporaryFolder

    /// The script in a checkout of its own, so that no environment is there and none is left behind.
    init() throws {
        folder = try TemporaryFolder()
        for name in ["Scripts", "Benchmarks/Peers"] {
            try FileManager.default.createDirectory(atPath: folder.path(name), withIntermediateDirectories: true)
        }
        for name in ["Scripts/make-peers-environment.sh", "Benchmarks/Peers/requirements.txt"] {
            try FileManager.default.copyItem(atPath: Repository.path(name), toPath: folder.path(name))
        }
    }

    /// What the script answers where this shell script is called Python.
    private func answer(ofPython script: String) throws -> (status: Int32, output: String, messages: String) {
        let python = try folder.file("python", Data("#!/bin/sh\n\(script)\n".utf8))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: python)
        return try answer(environment: ["PYTHON": python])
    }

    private func answer(
        environment: [String: String]
    ) throws -> (status: Int32, output: String, messages: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = [folder.path("Scripts/make-peers-environment.sh")]
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let (output, messages) = (Pipe(), Pipe())
        (process.standardOutput, process.standardError) = (output, messages)
        try process.run()
        let texts = [output, messages].map {
            String(decoding: $0.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        }
        process.waitUntilExit()
        return (process.terminationStatus, texts[0], texts[1])
    }

    @Test func takesAnInterpreterThatHasEverything() throws {
        let answer = try answer(ofPython: "exit 0")
        #expect(answer.status == 0)
        #expect(answer.output.hasSuffix("/python\n") && answer.messages.isEmpty)
    }

    @Test func saysThatThereIsNoPython() throws {
        let answer = try answer(environment: ["PYTHON": "/nonexistent/python"])
        #expect(answer.status == 1 && answer.output.isEmpty)
        #expect(answer.messages.contains("bench-peers cannot run: finding a Python of version 3.11 or later (/nonex"))
        #expect(answer.messages.contains("PYTHON=/path/to/python make bench-peers"))
    }

    @Test(arguments: [("-m venv", "making a virtual environment"), ("pip", "installing PyTorch")])
    func saysWhichStepFailed(words: String, step: String) throws {
        // Has no packages; what is made of it is called the same, and one step of it fails with some words.
        let script = """
            case "$*" in
            *" facenet_pytorch"*) exit 1 ;;
            *"\(words)"*) echo "no room left" >&2; exit 3 ;;
            *"-m venv"*) mkdir -p .venv/bin && cp "$0" .venv/bin/python ;;
            esac
            """
        let answer = try answer(ofPython: script)
        #expect(answer.status == 1 && answer.output.isEmpty)
        #expect(answer.messages.contains("bench-peers cannot run: \(step)"), "\(answer.messages)")
        #expect(answer.messages.contains("failed (status 3):\n    no room left"), "\(answer.messages)")
    }
}
