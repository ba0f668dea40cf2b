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

    private func observation(
        _ person: Int, x: Double, y: Double = 100, side: Double = 50, isSure: Bool = false
    ) -> SeenFace {
        let box = Rect(x: x - side / 2, y: y - side / 2, width: side, height: side)
        return SeenFace(
            DetectedFace(imageBox: box, score: 0.99, stage: .mtcnn), appearance: Self.looks[person], isSure: isSure)
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
        table.tracks.first { $0.state == .confirmed && abs($0.box.center.x - x) < 10 }?.id
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

    @Test(arguments: [1.0 / 120, 1.0 / 30, 0.2, 0.5, 1, 2, 3, 5, 10])
    func oneFaceIsOnePersonAtAnyStep(step: Double) {
        var table = TrackTable(configuration: .init())
        for frame in 0..<20 {
            // It sways, and in every third frame looks like nobody seen before.
            let x = 100 + 8 * Double(frame % 4)
            table.update([observation(frame % 3 == 2 ? 3 : 0, x: x)], at: Double(frame) * step)
            #expect(table.tracks.map(\.id) == [1])
            #expect(step * Double(frame) < 0.2 || table.tracks[0].state == .confirmed)
        }
        #expect(!table.tracks[0].isIdentityUncertain)
    }

    @Test func sureFaceConfirmsItself() {
        var table = TrackTable(configuration: .init())
        table.update([observation(0, x: 100, isSure: true), observation(1, x: 300)], at: 0)
        #expect(table.tracks.map(\.state) == [.confirmed, .tentative])
    }

    @Test(arguments: [1.0 / 30, 0.5, 2])
    func changedLookIsTheSamePersonWhileNobodyElseIsNear(step: Double) {
        var table = TrackTable(configuration: .init())
        for frame in 0..<12 {
            table.update(
                [observation(frame < 6 ? 0 : 2, x: 100), observation(1, x: 400)], at: Double(frame) * step)
        }
        #expect(id(near: 100, in: table) == 1)
        #expect(id(near: 400, in: table) == 2)
    }

    // At no step is the seat empty in any frame.
    @Test(arguments: [1.0 / 120, 1.0 / 25, 0.2, 0.5, 1, 2, 5])
    func whoeverTakesTheSeatBetweenTwoFramesIsDoubted(step: Double) {
        var table = TrackTable(configuration: .init())
        var time = 0.0
        func see(_ person: Int, frames: Int) {
            for _ in 0..<frames {
                table.update([observation(person, x: 100)], at: time)
                time += step
            }
        }
        let settled = max(3, Int((0.5 / step).rounded(.up)) + 1)
        see(0, frames: 10)
        #expect(!table.tracks[0].isIdentityUncertain)
        see(2, frames: settled)
        #expect(table.tracks.map(\.id) == [1])
        #expect(table.tracks[0].isIdentityUncertain)
        see(2, frames: 20)
        #expect(table.tracks[0].isIdentityUncertain)
        see(0, frames: 1)
        #expect(!table.tracks[0].isIdentityUncertain)
    }

    @Test func aLookThatComesBackWithinHalfASecondIsNotDoubted() {
        var table = TrackTable(configuration: .init())
        for frame in 0..<200 {
            table.update([observation(frame % 40 < 14 && frame > 20 ? 2 : 0, x: 100)], at: Double(frame) / 30)
            #expect(!table.tracks[0].isIdentityUncertain)
        }
    }

    @Test(arguments: [1.0, 2, 5])
    func peopleWhoChangePlacesBetweenFramesKeepTheirIds(step: Double) {
        var table = TrackTable(configuration: .init())
        for frame in 0..<10 {
            let isSwapped = frame / 3 % 2 == 1
            table.update(
                [observation(0, x: isSwapped ? 300 : 100), observation(1, x: isSwapped ? 100 : 300)],
                at: Double(frame) * step)
            guard frame > 0 else { continue }
            #expect(id(near: isSwapped ? 300 : 100, in: table) == 1)
            #expect(id(near: isSwapped ? 100 : 300, in: table) == 2)
        }
    }

    @Test func whoeverSitsDownIsTakenAfterAWhileAndMarkedUntilTheFirstReturns() {
        var table = TrackTable(configuration: .init())
        run(&table, 0..<30) { _ in [(0, 100)] }
        table.keptID = 1
        run(&table, 30..<150) { _ in [] }
        run(&table, 150..<235) { _ in [(2, 110)] }
        #expect(id(near: 110, in: table) == 2)
        #expect(table.candidateID == 2)
        var renamed: [Int: Int] = [:]
        for frame in 235..<250 {
            run(&table, frame..<(frame + 1)) { _ in [(2, 110)] }
            renamed.merge(table.renamed) { $1 }
        }
        #expect(renamed == [2: 1])
        #expect(id(near: 110, in: table) == 1)
        #expect(table.tracks[0].isIdentityUncertain)
        #expect(table.candidateID == nil)
        // The first person comes and sits beside them: both have their own ids again.
        run(&table, 250..<260) { _ in [(2, 110), (0, 300)] }
        #expect(id(near: 300, in: table) == 1)
        #expect(id(near: 110, in: table) != 1)
        #expect(table.tracks.allSatisfy { !$0.isIdentityUncertain })
    }

    @Test func whoeverIsAwayForAMomentIsTheSameInTheSamePlace() {
        var table = TrackTable(configuration: .init())
        run(&table, 0..<30) { _ in [(0, 100), (1, 400)] }
        run(&table, 30..<70) { _ in [(1, 400)] }
        run(&table, 70..<71) { _ in [(2, 115), (1, 400)] }
        #expect(id(near: 115, in: table) == 1)
    }

    @Test func bystanderNeverTakesThePlace() {
        var table = TrackTable(configuration: .init())
        run(&table, 0..<30) { _ in [(0, 100), (1, 300)] }
        table.keptID = 1
        run(&table, 30..<900) { frame in [(1, max(100, 330 - Double(frame)))] }
        #expect(table.candidateID == nil)
        #expect(id(near: 100, in: table) == 2)
        run(&table, 900..<905) { _ in [(0, 260), (1, 100)] }
        #expect(id(near: 260, in: table) == 1)
    }

    @Test func headThatIsNotSeenMayCoverAFace() {
        var table = TrackTable(configuration: .init())
        var crowded: [Int] = []
        for frame in 0..<60 {
            let x = Double(frame) * 10 - 100
            let passer = observation(1, x: x, y: 60, side: 90)
            let isHidden = abs(x - 200) < 110
            table.update(
                isHidden ? [observation(0, x: 200)] : [observation(0, x: 200), passer], at: Double(frame) / 30)
            if table.tracks.first(where: { $0.id == 1 })?.isCrowded == true { crowded.append(frame) }
        }
        // The passer-by's head reaches over the face from x = 120 to 280 or so.
        #expect(crowded.first.map { (20...24).contains($0) } == true)
        #expect(Set(24...36).isSubset(of: crowded))
        #expect(crowded.last.map { $0 <= 40 } == true)
    }

    @Test func nobodyGetsAcrossThePictureInOneFrame() {
        var table = TrackTable(configuration: .init())
        run(&table, 0..<10) { _ in [(0, 100)] }
        run(&table, 10..<11) { _ in [(0, 900)] }
        #expect(table.tracks.map(\.id) == [1, 2])
    }

    @Test func lostTracksAreForgottenUnlessKept() {
        for kept in [nil, 1] {
            var configuration = FaceTracker.Configuration()
            configuration.forgettingSeconds = 2
            var table = TrackTable(configuration: configuration)
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
