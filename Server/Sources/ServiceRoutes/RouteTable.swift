import HTTPTypes
import Hummingbird

/// An address, with what is done for each method that it is served with.
struct ServiceRoute: Sendable {
    typealias Handler = ServiceRoutes.Handler

    /// Parts that begin with a colon stand for any text.
    let path: String
    /// HEAD comes with GET.
    let handlers: [HTTPRequest.Method: Handler]

    init(_ path: String, _ handlers: [HTTPRequest.Method: Handler]) {
        self.path = path
        self.handlers = handlers.merging(handlers[.get].map { [.head: $0] } ?? [:]) { old, _ in old }
    }
}

/// Which addresses there are, to tell a method that is not served from an address that is none.
struct RouteTable: Sendable {
    private let routes: [(parts: [Substring], allowed: String)]

    init(_ routes: [ServiceRoute]) {
        self.routes = routes.map { route in
            let methods = [HTTPRequest.Method.get, .head, .post, .delete].filter { route.handlers[$0] != nil }
            return (Self.parts(route.path), methods.map(\.rawValue).joined(separator: ", "))
        }
    }

    /// The methods that an address is served with, commas between; nil where there is no such address.
    func methods(for path: String) -> String? {
        let given = Self.parts(path)
        return routes.first { route in
            route.parts.count == given.count
                && zip(route.parts, given).allSatisfy { $0.hasPrefix(":") || $0 == $1 }
        }?.allowed
    }

    private static func parts(_ path: String) -> [Substring] { path.split(separator: "/") }
}
