import Testing

@testable import ModelWeights

@Suite struct WeightSearchTests {
    private typealias Place = WeightSearch.Place

    private func search(
        folder: String? = nil, environment: String? = nil, program: String? = "/usr/local/bin"
    ) -> WeightSearch {
        WeightSearch(
            folder: folder, environment: environment, programFolder: program, packageFolder: "/src/Weights")
    }

    @Test func everyBundledFileIsFoundAndReadable() throws {
        for model in BundledModel.all {
            let path = try #require(WeightSearch().find(model))
            #expect(WeightSearch.isReadable(path), "\(path)")
            #expect(path.hasSuffix("/\(model.name).safetensors"))
            #expect(model.path == path)
        }
    }

    @Test func searchesBesideTheProgramThenItsPrefixThenTheCheckout() {
        #expect(
            search().places == [
                Place(.besideProgram, "/usr/local/bin/Weights"), Place(.besideProgram, "/usr/local/bin"),
                Place(.share, "/usr/local/share/swift-emotion"), Place(.build, "/src/Weights"),
            ])
        #expect(search(environment: "").places.count == 4)
        #expect(search(program: nil).places == [Place(.build, "/src/Weights")])
    }

    @Test func aFolderThatIsNamedIsTheOnlyOneSearched() {
        #expect(search(environment: "/models").places == [Place(.environment, "/models")])
        #expect(search(folder: "/mine", environment: "/models").places == [Place(.option, "/mine")])
    }

    @Test func aFolderWithoutTheFileGivesNone() {
        #expect(search(folder: "/nowhere").find(.mtcnn) == nil)
    }

    @Test func saysWhereItLooksAndWhy() {
        #expect(search(environment: "/models").description == "/models (SWIFT_EMOTION_WEIGHTS)")
        #expect(search().description.hasSuffix("/src/Weights (where it was built)"))
    }

    @Test(arguments: [("/usr/bin/emotion", "/usr/bin"), ("emotion", "."), ("bin/emotion", "bin")])
    func theParentOfAPathIsItsFolder(path: String, folder: String) {
        #expect(WeightSearch.parent(path) == folder)
    }
}
