/// A square or rectangle of whole pixels where the cascade accepted a window.
package struct CascadeHit: Hashable, Sendable {
    package var x: Int
    package var y: Int
    package var width: Int
    package var height: Int

    package init(x: Int, y: Int, width: Int, height: Int) {
        (self.x, self.y, self.width, self.height) = (x, y, width, height)
    }
}

/// The mean of hits that lie close together, and how many they are.
package struct CascadeGroup: Hashable, Sendable {
    package let box: CascadeHit
    package let neighbors: Int

    package init(box: CascadeHit, neighbors: Int) {
        self.box = box
        self.neighbors = neighbors
    }
}

/// Joins hits on the same face into one box.
///
/// - Source: `groupRectangles` of OpenCV 4's `cascadedetect.cpp`, with its roundings.
package enum RectangleGrouping {
    /// Edges that differ by less than this part of the mean side are the same face's.
    package static let tolerance = 0.2

    /// The groups of more than `minimumNeighbors` hits, in the order of their first hits; every hit where that is 0.
    ///
    /// A group inside a larger one with more hits is left out.
    /// - Complexity: O(n²) for n hits.
    package static func groups(of hits: [CascadeHit], minimumNeighbors: Int) -> [CascadeGroup] {
        guard minimumNeighbors > 0 else { return hits.map { CascadeGroup(box: $0, neighbors: 1) } }
        let groups = connected(hits).map(mean).filter { $0.neighbors > minimumNeighbors }
        return groups.enumerated().filter { index, group in
            !groups.enumerated().contains { $0 != index && $1.covers(group) }
        }.map(\.element)
    }

    /// Hits joined by a chain of similar ones, in the order of their first members.
    private static func connected(_ hits: [CascadeHit]) -> [[CascadeHit]] {
        var visited = [Bool](repeating: false, count: hits.count)
        var groups: [[CascadeHit]] = []
        for first in hits.indices where !visited[first] {
            visited[first] = true
            var (members, next) = ([first], 0)
            while next < members.count {
                let hit = hits[members[next]]
                for other in hits.indices where !visited[other] && areSimilar(hit, hits[other]) {
                    visited[other] = true
                    members.append(other)
                }
                next += 1
            }
            groups.append(members.map { hits[$0] })
        }
        return groups
    }

    private static func areSimilar(_ first: CascadeHit, _ second: CascadeHit) -> Bool {
        let sides = Double(min(first.width, second.width) + min(first.height, second.height))
        let delta = tolerance * sides * 0.5
        return Double(abs(first.x - second.x)) <= delta && Double(abs(first.y - second.y)) <= delta
            && Double(abs(first.x + first.width - second.x - second.width)) <= delta
            && Double(abs(first.y + first.height - second.y - second.height)) <= delta
    }

    private static func mean(of hits: [CascadeHit]) -> CascadeGroup {
        let share = 1 / Float(hits.count)
        func mean(_ value: KeyPath<CascadeHit, Int>) -> Int {
            let sum = hits.reduce(0) { $0 + $1[keyPath: value] }
            return Int((Float(sum) * share).rounded(.toNearestOrEven))
        }
        let box = CascadeHit(x: mean(\.x), y: mean(\.y), width: mean(\.width), height: mean(\.height))
        return CascadeGroup(box: box, neighbors: hits.count)
    }
}

extension CascadeGroup {
    /// Fewer hits than this lose against any group around them.
    private static let fewHits = 3

    /// Whether `other` lies inside of this group, with some room, and is the weaker one.
    fileprivate func covers(_ other: CascadeGroup) -> Bool {
        let (inner, outer) = (other.box, box)
        let dx = Int((Double(outer.width) * RectangleGrouping.tolerance).rounded(.toNearestOrEven))
        let dy = Int((Double(outer.height) * RectangleGrouping.tolerance).rounded(.toNearestOrEven))
        return inner.x >= outer.x - dx && inner.y >= outer.y - dy
            && inner.x + inner.width <= outer.x + outer.width + dx
            && inner.y + inner.height <= outer.y + outer.height + dy
            && (neighbors > max(Self.fewHits, other.neighbors) || other.neighbors < Self.fewHits)
    }
}
