import EmotionDetection

/// Size and turns of the primary item of a HEIF or AVIF file.
///
/// - Source: ISO/IEC 14496-12 (boxes, `meta`, `pitm`), ISO/IEC 23008-12 (`iprp`, `ispe`, `irot`, `imir`).
struct ItemProperties {
    let header: PictureHeader

    /// Nil where the file has no primary item with a size.
    init?(_ file: ByteFields) {
        guard let meta = Self.boxes(in: file).first(where: { $0.kind == "meta" })?.content,
            let inner = meta.part(4..<meta.count)
        else { return nil }
        let parts = Self.boxes(in: inner)
        guard let primary = parts.first(where: { $0.kind == "pitm" }).flatMap({ Self.primaryItem($0.content) }),
            let properties = parts.first(where: { $0.kind == "iprp" }).map({ Self.boxes(in: $0.content) }),
            let list = properties.first(where: { $0.kind == "ipco" }).map({ Self.boxes(in: $0.content) })
        else { return nil }
        let associated = properties.filter { $0.kind == "ipma" }
            .flatMap { Self.associations(of: primary, in: $0.content) }
        var header = PictureHeader()
        for index in associated where (1...max(1, list.count)).contains(index) && !list.isEmpty {
            let property = list[index - 1]
            switch property.kind {
            case "ispe":
                header.width = property.content.big(4, at: 4)
                header.height = property.content.big(4, at: 8)
            case "irot":
                // Quarter turns against the clock.
                let quarters = (property.content.big(1, at: 0) ?? 0) & 3
                header.turns += [[], [.left], [.down], [.right]][quarters]
            case "imir":
                header.turns.append((property.content.big(1, at: 0) ?? 0) & 1 == 0 ? .downMirrored : .upMirrored)
            default: break
            }
        }
        guard header.width != nil, header.height != nil else { return nil }
        self.header = header
    }

    private struct Box {
        let kind: String
        let content: ByteFields
    }

    /// The boxes that lie side by side in `fields`, as far as they are whole.
    private static func boxes(in fields: ByteFields) -> [Box] {
        var boxes: [Box] = []
        var offset = 0
        while let short = fields.big(4, at: offset), let kind = fields.text(4, at: offset + 4) {
            // A size of 1 stands for eight bytes behind the kind, whose first is 0 in any file that can be read here.
            let isLong = short == 1
            guard let size = short == 0 ? fields.count - offset : isLong ? fields.big(7, at: offset + 9) : short,
                let content = fields.part(clamped(offset + (isLong ? 16 : 8), offset &+ size))
            else { break }
            boxes.append(Box(kind: kind, content: content))
            offset += size
        }
        return boxes
    }

    /// An empty range beyond all bytes where a box says that it ends before it begins.
    private static func clamped(_ lower: Int, _ upper: Int) -> Range<Int> {
        upper >= lower ? lower..<upper : Int.max..<Int.max
    }

    private static func primaryItem(_ content: ByteFields) -> Int? {
        content.big(1, at: 0).flatMap { content.big($0 == 0 ? 2 : 4, at: 4) }
    }

    /// The numbers, from 1, of the properties of `item`.
    private static func associations(of item: Int, in content: ByteFields) -> [Int] {
        guard let version = content.big(1, at: 0), let flags = content.big(3, at: 1), let count = content.big(4, at: 4)
        else { return [] }
        let (idBytes, indexBytes) = (version == 0 ? 2 : 4, flags & 1 == 0 ? 1 : 2)
        var offset = 8
        for _ in 0..<count {
            guard let id = content.big(idBytes, at: offset), let number = content.big(1, at: offset + idBytes) else {
                return []
            }
            offset += idBytes + 1
            // The highest bit says whether the property is essential.
            let indices = (0..<number).compactMap { place in
                content.big(indexBytes, at: offset + place * indexBytes).map {
                    $0 & (indexBytes == 1 ? 0x7F : 0x7FFF)
                }
            }
            if id == item { return indices }
            offset += number * indexBytes
        }
        return []
    }
}
