/// A piece of an HTML document. Text and attribute values are escaped as they are written, so nobody can forget to.
indirect enum HTMLNode: Sendable, ExpressibleByStringInterpolation {
    case text(String)
    /// Text from outside, to the letter.
    case given(String)
    case element(String, attributes: [Attribute], children: [HTMLNode])
    /// The one thing that is written as it is: the style sheet of this package.
    case styleSheet(String)
    case group([HTMLNode])

    /// A name and a value as they were given, before escaping.
    struct Attribute: Sendable {
        let name: String
        let value: String
    }

    init(stringLiteral text: String) { self = .text(text) }

    /// An element of HTML or SVG.
    static func tag(
        _ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ children: [HTMLNode] = []
    ) -> HTMLNode {
        .element(name, attributes: attributes.map { Attribute(name: $0.key, value: $0.value) }, children: children)
    }

    /// Text from outside, kept apart so that its direction of writing changes nothing around it.
    static func foreign(_ text: String) -> HTMLNode { tag("bdi", [:], [.given(text)]) }

    /// Nothing.
    static let empty = HTMLNode.group([])

    /// The node as HTML5.
    ///
    /// - Complexity: O(size of the output).
    var html: String {
        var output = ""
        write(to: &output)
        return output
    }

    private func write(to output: inout String) {
        switch self {
        case .text(let text): Self.write(escaped: ReportText.unbroken(text), to: &output)
        case .given(let text): Self.write(escaped: text, to: &output)
        case .styleSheet(let rules): output += "<style>\n\(rules)</style>"
        case .group(let nodes): for node in nodes { node.write(to: &output) }
        case .element(let name, let attributes, let children):
            output += "<\(name)"
            for attribute in attributes {
                output += " \(attribute.name)=\""
                Self.write(escaped: attribute.value, to: &output)
                output += "\""
            }
            output += ">"
            guard !Self.voidElements.contains(name) else { return }
            for child in children { child.write(to: &output) }
            output += "</\(name)>"
            if Self.blocks.contains(name) { output += "\n" }
        }
    }

    /// Elements of this document that have no end tag.
    private static let voidElements: Set<String> = ["meta", "link", "br", "img"]
    /// Elements after which a new line makes the source readable and changes nothing on the page.
    private static let blocks: Set<String> = [
        "head", "title", "style", "header", "section", "footer", "div", "figure", "ol", "ul", "li", "svg", "p", "h1",
        "h2", "h3",
    ]

    /// Replaces what HTML reads as markup, and characters that no document may hold.
    ///
    /// - Source: HTML Living Standard, sections 13.1.2.3 (attributes), 13.1.3 (text) and 13.2.3.5 (control characters).
    private static func write(escaped text: String, to output: inout String) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": output += "&amp;"
            case "<": output += "&lt;"
            case ">": output += "&gt;"
            case "\"": output += "&quot;"
            case "'": output += "&#39;"
            case "\n", "\t": output.unicodeScalars.append(scalar)
            case _ where scalar.properties.generalCategory == .control: output += "\u{FFFD}"
            default: output.unicodeScalars.append(scalar)
            }
        }
    }
}
