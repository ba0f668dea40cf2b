import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A connection to the server, byte for byte: what a well-behaved library would not send can be sent too.
final class RawConnection {
    private let descriptor: Int32

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    init(port: UInt16, timeout: Double = 60) throws {
        #if canImport(Glibc)
            descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
            descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        var time = timeval(tv_sec: Int(timeout), tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let status = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0 else { throw Failure(description: "connect: errno \(errno)") }
    }

    deinit { close(descriptor) }

    /// Sends as much as the other side takes.
    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { sendQuietly(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    func send(_ text: String) { send(Array(text.utf8)) }

    /// Says that nothing more will come.
    func finishSending() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// The next reply, past the one that asks for the body; nil where the connection ends or nothing comes in time.
    ///
    /// - Parameter isFinal: false where the one that asks for the body is wanted as well.
    func reply(toHead: Bool = false, isFinal: Bool = true) -> HTTPReply? {
        while true {
            var data: [UInt8] = []
            guard let end = readUntilBlankLine(&data) else { return nil }
            guard var reply = HTTPReply(head: data[..<end]) else { return nil }
            let length = reply.headers["content-length"].flatMap { Int($0) } ?? 0
            var body = Array(data[end...])
            while !toHead, body.count < length, let more = receive() { body += more }
            reply.body = body
            if !isFinal || reply.status != 100 { return reply }
        }
    }

    /// Whether the other side closed the connection.
    func isClosed() -> Bool {
        var byte: UInt8 = 0
        return recv(descriptor, &byte, 1, 0) <= 0
    }

    private func readUntilBlankLine(_ data: inout [UInt8]) -> Int? {
        let blank = Array("\r\n\r\n".utf8)
        while true {
            if data.count >= 4, let end = data.indices.dropLast(3).first(where: { Array(data[$0..<$0 + 4]) == blank }) {
                return end + 4
            }
            guard let more = receive() else { return nil }
            data += more
        }
    }

    private func receive() -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        return count > 0 ? Array(buffer.prefix(count)) : nil
    }
}

/// `send` without the signal for a connection that is closed.
private func sendQuietly(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    guard let bytes else { return 0 }
    #if canImport(Glibc)
        return send(descriptor, bytes, count, Int32(MSG_NOSIGNAL))
    #else
        return send(descriptor, bytes, count, 0)
    #endif
}

/// What the server answered.
struct HTTPReply {
    let status: Int
    /// By their names in lower case.
    let headers: [String: String]
    var body: [UInt8] = []

    init?(head: ArraySlice<UInt8>) {
        let lines = String(decoding: head, as: UTF8.self).components(separatedBy: "\r\n")
        let fields = lines[0].split(separator: " ")
        guard fields.count >= 2, fields[0].hasPrefix("HTTP/1."), let status = Int(fields[1]) else { return nil }
        self.status = status
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            headers[line[..<colon].lowercased()] = line[line.index(after: colon)...].trimmingCharacters(
                in: .whitespaces)
        }
        self.headers = headers
    }

    var text: String { String(decoding: body, as: UTF8.self) }

    /// The body as a JSON object; empty where it is none.
    var json: [String: Any] { (try? JSONSerialization.jsonObject(with: Data(body))) as? [String: Any] ?? [:] }

    /// The `code` of a problem document.
    var code: String? { headers["content-type"] == "application/problem+json" ? json["code"] as? String : nil }
}

extension ServerProcess {
    /// Sends one request on a connection of its own.
    func request(
        _ method: String, _ path: String, headers: [String: String] = [:], body: [UInt8]? = nil,
        host: String = "localhost"
    ) throws -> HTTPReply {
        // Under ThreadSanitizer some replies take minutes.
        let connection = try RawConnection(port: port, timeout: 300)
        var head = "\(method) \(path) HTTP/1.1\r\nHost: \(host)\r\nConnection: close\r\n"
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        if let body { head += "Content-Length: \(body.count)\r\n" }
        connection.send(Array((head + "\r\n").utf8) + (body ?? []))
        guard let reply = connection.reply(toHead: method == "HEAD") else {
            throw RawConnection.Failure(description: "no reply to \(method) \(path)")
        }
        return reply
    }

    func get(_ path: String, headers: [String: String] = [:]) throws -> HTTPReply {
        try request("GET", path, headers: headers)
    }

    /// Sends a JSON object.
    func post(_ path: String, _ json: Any, headers: [String: String] = [:]) throws -> HTTPReply {
        let body = [UInt8](try JSONSerialization.data(withJSONObject: json, options: .fragmentsAllowed))
        return try request(
            "POST", path, headers: headers.merging(["Content-Type": "application/json"]) { $1 }, body: body)
    }

    /// Sends a picture as it is.
    func post(picture: [UInt8], to path: String, headers: [String: String] = [:]) throws -> HTTPReply {
        try request("POST", path, headers: headers.merging(["Content-Type": "image/jpeg"]) { $1 }, body: picture)
    }

    /// Begins a session.
    ///
    /// - Returns: its id.
    func newSession(_ title: String = "Practice", headers: [String: String] = [:]) throws -> String {
        try post("/sessions", ["title": title], headers: headers).json["id"] as? String ?? ""
    }
}
