import FaceDetection
import Imaging
import Testing

@Suite struct TrackTableTests {
    /// Looks of four people.
    private static let looks = (1...4 as ClosedRange<UInt64>).map {
        FaceAppearance(
            of: DetectedFace(imageBox: Rect(x: 10, y: 10, width: 24, height: 24), score: 1, stage: .haarCascade),
            in: .coarseNoise(width: 44, height: 44, seed: $0))
    }

    private func observation(_ person: Int, x: Double, y: Double = 100, side: Double = 50) -> FaceObservation {
        let box = Rect(x: x - side / 2, y: y - side / 2, width: side, height: side)
        return FaceObservation(
            DetectedFace(imageBox: box, score: 0.99, stage: .mtcnn), appearance: Self.looks[person])
    }

    /// Runs `frames` frames at 30 a second; `people` places whoever is seen in a frame.
    private func run(
        _ table: inout TrackTable, _ frames: Range<Int>, _ people: (Int) -> [(person: Int, x: Double)]
    ) {
        for frame in frames {
            table.update(people(frame).map { observation($0.person, x: $0.x) }, at: Double(frame) / 30)
        }
    }

    private func id(near x: Double, in table: TrackTable) -> Int? {
        table.tracks.first { $0.state == .confirmed && abs($0.face.imageBox.center.x - x) < 10 }?.id
    }

    @Test func trackIsConfirmedAfterThreeFrames() {
        var table = TrackTable(configuration: .init())
        var states: [TrackState] = []
        for frame in 0..<4 {
            run(&table, frame..<(frame + 1)) { _ in [(0, 100)] }
            states += table.tracks.map(\.state)
        }
        #expect(states == [.tentative, .tentative, .confirmed, .confirmed])
        #expect(table.tracks.map(\.id) == [1])
    }

    @Test func falseAlarmIsForgottenAtOnce() {
        var table = TrackTable(configuration: .init())
        run(&table, 0..<2) { _ in [(0, 100)] }
        run(&table, 2..<3) { _ in [] }
        #expect(table.tracks.isEmpty)
    }

    @Test func crossingPeopleKeepTheirIds() {
        var table = TrackTable(configuration: .init())
        run(&table, 0..<61) { frame in
            let step = Double(frame) * 5
            // The one behind is hidden while the two share their place.
            return abs(step - 150) < 20 ? [(0, 100 + step)] : [(0, 100 + step), (1, 400 - step)]
        }
        #expect(table.tracks.map(\.id) == [1, 2])
        #expect(id(near: 400, in: table) == 1)
        #expect(id(near: 100, in: table) == 2)
    }

    @Test func returningPersonIsKnownAgainAnywhereInReach() {
        var table = TrackTable(configuration: .init())
        run(&table, 0..<10) { _ in [(0, 100), (1, 300)] }
        run(&table, 10..<160) { _ in [(1, 300)] }
        #expect(table.tracks.map(\.state) == [.lost, .confirmed])
        run(&table, 160..<161) { _ in [(0, 500), (1, 300)] }
        #expect(table.tracks.map(\.id) == [1, 2])
        #expect(id(near: 500, in: table) == 1)
    }

    @Test func strangerInTheirPlaceIsSomebodyElse() {
        var table = TrackTable(configuration: .init())
        run(&table, 0..<10) { _ in [(0, 100)] }
        run(&table, 10..<20) { _ in [(2, 100)] }
        #expect(id(near: 100, in: table) == 2)
        #expect(table.tracks.map(\.state) == [.lost, .confirmed])
        run(&table, 20..<24) { _ in [(0, 100)] }
        #expect(id(near: 100, in: table) == 1)
    }

    @Test func nobodyGetsAcrossThePictureInOneFrame() {
        var table = TrackTable(configuration: .init())
        run(&table, 0..<10) { _ in [(0, 100)] }
        run(&table, 10..<11) { _ in [(0, 900)] }
        #expect(table.tracks.map(\.id) == [1, 2])
    }

    @Test func lostTracksAreForgottenUnlessKept() {
        for kept in [nil, 1] {
            var table = TrackTable(configuration: .init(forgettingSeconds: 2))
            table.keptID = kept
            run(&table, 0..<10) { _ in [(0, 100)] }
            run(&table, 10..<100) { _ in [] }
            #expect(table.tracks.map(\.id) == (kept.map { [$0] } ?? []))
        }
    }

    @Test func facesThatShareTheirPlaceAreCrowded() {
        var table = TrackTable(configuration: .init())
        run(&table, 0..<5) { _ in [(0, 100), (1, 300)] }
        #expect(table.tracks.map(\.isCrowded) == [false, false])
        run(&table, 5..<6) { _ in [(0, 100), (1, 300), (2, 125)] }
        #expect(table.tracks.map(\.isCrowded) == [true, false, true])
    }
}
