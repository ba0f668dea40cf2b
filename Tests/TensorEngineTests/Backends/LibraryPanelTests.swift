import Testing

@testable import TensorEngine

/// How the portable path cuts products into calls of the matrix library.
@Suite struct LibraryPanelTests {
    static let slices = [0..<8, 0..<24, 16..<128, 96..<184, 0..<352, 208..<1248]

    @Test(arguments: slices) func panelsCoverTheSliceInOrder(slice: Range<Int>) {
        for depth in [8, 16, 144, 2112] {
            for direct in [nil, 1_000_000] {
                let panels = LibraryPanel.panels(of: slice, depth: depth, direct: direct)
                #expect(panels.flatMap { Array($0.columns) } == Array(slice))
                #expect(panels.allSatisfy { $0.rows > 0 && !$0.columns.isEmpty })
            }
        }
    }

    @Test(arguments: slices) func noCallIsTooLargeToBeMultipliedDirectly(slice: Range<Int>) {
        for depth in [8, 16, 144, 2112, 5000] {
            for panel in LibraryPanel.panels(of: slice, depth: depth, direct: 1_000_000) {
                #expect(panel.rows * panel.columns.count * depth <= 1_000_000)
                #expect(panel.columns.count <= 64)
            }
        }
    }

    @Test(arguments: [nil, 1_000_000]) func anEmptySliceHasNoPanels(direct: Int?) {
        #expect(LibraryPanel.panels(of: 32..<32, depth: 16, direct: direct).isEmpty)
    }

    @Test func aSliceIsOnePanelWhereTheLibraryAlwaysPacks() {
        #expect(LibraryPanel.panels(of: 16..<128, depth: 352, direct: nil).count == 1)
    }
}
