import FaceDetection
import ImageCodecs
import Imaging
import ModelWeights
import TestSupport
import Testing

@Suite struct HaarCascadeTests {
    private let cascade: HaarCascade

    init() throws {
        cascade = try HaarCascade(contentsOf: BundledModel.haarCascade.path)
    }

    @Test(arguments: [(1, 1), (23, 200), (200, 23), (24, 24), (25, 31)])
    func tinyAndNarrowPicturesHaveNoFace(width: Int, height: Int) {
        var generator = SeededGenerator(seed: 1)
        let image = Image(width: width, height: height, pixels: generator.bytes(width * height * 3))
        #expect(cascade.detect(in: image).isEmpty)
    }

    @Test func aFlatPictureHasNoFace() {
        #expect(cascade.detect(in: Image(width: 60, height: 50, filledWith: .white)).isEmpty)
    }

    @Test func groupsJoinHitsThatTouchAndKeepTheirMean() {
        let hits = [(10, 10), (12, 10), (11, 13), (200, 50)].map { CascadeHit(x: $0.0, y: $0.1, width: 40, height: 40) }
        let groups = RectangleGrouping.groups(of: hits, minimumNeighbors: 2)
        #expect(groups == [CascadeGroup(box: CascadeHit(x: 11, y: 11, width: 40, height: 40), neighbors: 3)])
        #expect(RectangleGrouping.groups(of: hits, minimumNeighbors: 3).isEmpty)
        #expect(RectangleGrouping.groups(of: hits, minimumNeighbors: 0).map(\.box) == hits)
    }

    @Test func aWeakGroupInsideOfAStrongOneIsLeftOut() {
        let outer = [CascadeHit](repeating: CascadeHit(x: 0, y: 0, width: 100, height: 100), count: 6)
        let inner = [CascadeHit](repeating: CascadeHit(x: 30, y: 30, width: 30, height: 30), count: 4)
        let groups = RectangleGrouping.groups(of: inner + outer, minimumNeighbors: 2)
        #expect(groups.map(\.neighbors) == [6])
    }
}
