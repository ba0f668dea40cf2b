internal import CPostgreSQL
import FoundationEssentials
import SessionStore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// One connection to a server, for one thread at a time.
final class PostgreSQLConnection: @unchecked Sendable {
    private let connection: OpaquePointer

    /// A value of a statement, as text in PostgreSQL's own forms.
    enum Parameter {
        case text(String?)
        case bytes([UInt8]?)

        static func number(_ value: some LosslessStringConvertible) -> Parameter { .text("\(value)") }
        static func number(_ value: Double?) -> Parameter { .text(value.map { "\($0)" }) }
    }

    /// The rows that a statement gave.
    struct Rows {
        fileprivate let values: [[[UInt8]?]]
        /// How many rows it changed.
        let changed: Int

        var count: Int { values.count }

        func text(_ row: Int, _ column: Int) -> String? {
            values[row][column].map { String(decoding: $0, as: UTF8.self) }
        }

        func number<Number: LosslessStringConvertible>(_ row: Int, _ column: Int) throws -> Number {
            guard let number = text(row, column).flatMap(Number.init) else {
                throw SessionStoreError.unusable("the server gave no number where one was expected")
            }
            return number
        }

        func bytes(_ row: Int, _ column: Int) throws -> [UInt8]? {
            try values[row][column].map(Self.decoded)
        }

        /// Bytes as the server writes them: `\x` and two hexadecimal digits each.
        private static func decoded(_ text: [UInt8]) throws -> [UInt8] {
            guard text.starts(with: Array("\\x".utf8)), text.count % 2 == 0 else {
                throw SessionStoreError.unusable("the server writes bytes in a form that is not read")
            }
            func digit(_ byte: UInt8) throws -> UInt8 {
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
                case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
                default: throw SessionStoreError.unusable("the server writes bytes in a form that is not read")
                }
            }
            return try stride(from: 2, to: text.count, by: 2).map { try digit(text[$0]) << 4 | digit(text[$0 + 1]) }
        }
    }

    /// Seconds after which a server that does not answer a statement is given up. Statements that are long by nature end
    /// by the server's own limit before that.
    private static let patience = 35.0
    private static let shortPatience = 10.0

    /// Whether statements may take as long as the server lets them.
    var isPatient = false

    /// How soon a server that is gone without a word is found out, where the address does not say.
    private static let defaults = [
        ("connect_timeout", "5"), ("keepalives_idle", "5"), ("keepalives_interval", "5"), ("keepalives_count", "2"),
        ("tcp_user_timeout", "10000"),
    ]

    /// - Parameter address: `postgresql://…`, or libpq's own `key=value` form; what it says counts more than the defaults.
    init(_ address: String) throws {
        let settings = Self.defaults + [("dbname", address)]
        let names: [[CChar]?] = settings.map { Array($0.0.utf8CString) } + [nil]
        let values: [[CChar]?] = settings.map { Array($0.1.utf8CString) } + [nil]
        let opened = Self.withPointers(names) { names in
            Self.withPointers(values) { PQconnectdbParams(names, $0, 1) }
        }
        guard let connection = opened else { throw SessionStoreError.unavailable("no memory is left") }
        self.connection = connection
        guard PQstatus(connection) == CONNECTION_OK else {
            throw SessionStoreError.unavailable("the database server cannot be reached")
        }
        // What is acknowledged is on the disk, whatever the server's default.
        try run(
            "SET synchronous_commit = on; SET bytea_output = 'hex'; SET lock_timeout = '5s'; SET statement_timeout = '30s'"
        )
    }

    deinit { PQfinish(connection) }

    /// Whether the connection can be used again.
    var isWhole: Bool { PQstatus(connection) == CONNECTION_OK && PQtransactionStatus(connection) == PQTRANS_IDLE }

    /// Runs statements without values.
    func run(_ statements: String) throws { _ = try rows(of: answer(to: PQsendQuery(connection, statements))) }

    /// Runs one statement whose values are named `$1`, `$2` and so on.
    @discardableResult
    func run(_ statement: String, _ parameters: [Parameter]) throws -> Rows {
        let values: [[CChar]?] = parameters.map { parameter in
            switch parameter {
            case .text(let text): text.map { Array($0.utf8CString) }
            case .bytes(let bytes): bytes.map(Self.hexadecimal)
            }
        }
        return try Self.withPointers(values) { pointers in
            try rows(
                of: answer(
                    to: PQsendQueryParams(
                        connection, statement, Int32(values.count), nil, pointers, nil, nil, 0)))
        }
    }

    /// The last result of what was sent; nil where there is none.
    ///
    /// A server that stands still keeps its connections, so that only the time tells.
    private func answer(to isSent: Int32) throws -> OpaquePointer? {
        guard isSent == 1 else { return nil }
        let deadline = ContinuousClock.now + .seconds(isPatient ? Self.patience : Self.shortPatience)
        var last: OpaquePointer?
        while true {
            while PQisBusy(connection) == 1 {
                let rest = (deadline - ContinuousClock.now) / .milliseconds(1)
                var socket = pollfd(fd: PQsocket(connection), events: Int16(POLLIN), revents: 0)
                let isReady = rest > 0 ? poll(&socket, 1, Int32(rest.rounded(.up))) : 0
                if isReady < 0, errno == EINTR { continue }
                guard isReady > 0 else {
                    PQclear(last)
                    throw SessionStoreError.unavailable("the database server does not answer")
                }
                guard PQconsumeInput(connection) == 1 else {
                    PQclear(last)
                    return nil
                }
            }
            guard let next = PQgetResult(connection) else { return last }
            PQclear(last)
            last = next
        }
    }

    /// Runs `body` in one transaction, which is undone where it throws.
    func transaction<Value>(_ body: () throws -> Value) throws -> Value {
        try run("BEGIN")
        do {
            let value = try body()
            try run("COMMIT")
            return value
        } catch {
            // Where the answer to a statement never came there is nobody to ask; the connection is let go.
            if PQtransactionStatus(connection) != PQTRANS_ACTIVE { try? run("ROLLBACK") }
            throw error
        }
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> [CChar] {
        let digits = Array("0123456789abcdef".utf8)
        var text = Array("\\x".utf8)
        text.reserveCapacity(2 * bytes.count + 3)
        for byte in bytes { text += [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
        return (text + [0]).map { CChar(bitPattern: $0) }
    }

    private static func withPointers<Value>(
        _ values: [[CChar]?], _ body: ([UnsafePointer<CChar>?]) throws -> Value
    ) rethrows -> Value {
        var copies: [UnsafeMutablePointer<CChar>?] = []
        defer { for copy in copies { copy?.deallocate() } }
        for value in values {
            guard let value else {
                copies.append(nil)
                continue
            }
            let copy = UnsafeMutablePointer<CChar>.allocate(capacity: value.count)
            copy.initialize(from: value, count: value.count)
            copies.append(copy)
        }
        return try body(copies.map { $0.map { UnsafePointer($0) } })
    }

    private func rows(of result: OpaquePointer?) throws -> Rows {
        guard let result else { throw SessionStoreError.unavailable("the database server is gone") }
        defer { PQclear(result) }
        switch PQresultStatus(result) {
        case PGRES_TUPLES_OK, PGRES_COMMAND_OK: break
        default: throw error(of: result)
        }
        let values = (0..<PQntuples(result)).map { row in
            (0..<PQnfields(result)).map { column -> [UInt8]? in
                guard PQgetisnull(result, row, column) == 0, let bytes = PQgetvalue(result, row, column) else {
                    return nil
                }
                let count = Int(PQgetlength(result, row, column))
                return bytes.withMemoryRebound(to: UInt8.self, capacity: count) {
                    Array(UnsafeBufferPointer(start: $0, count: count))
                }
            }
        }
        let changed = PQcmdTuples(result).flatMap { Int(String(cString: $0)) } ?? 0
        return Rows(values: values, changed: changed)
    }

    /// What the server's state means; its message may hold values and is left out.
    private func error(of result: OpaquePointer) -> SessionStoreError {
        let state = PQresultErrorField(result, Int32(UInt8(ascii: "C"))).map { String(cString: $0) } ?? ""
        switch state {
        case "53100": return .full
        case "": return .unavailable("the database server is gone")
        case _ where ["08", "53", "55", "57", "40"].contains(String(state.prefix(2))):
            return .unavailable("the database server says \(state)")
        default: return .unusable("the database server says \(state)")
        }
    }
}
