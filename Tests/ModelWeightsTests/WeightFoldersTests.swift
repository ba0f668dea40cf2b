import Testing

@testable import ModelWeights

@Suite struct WeightFoldersTests {
    @Test func everyBundledFileIsFoundAndReadable() {
        for model in BundledModel.all {
            #expect(WeightFolders.isReadable(model.path), "\(model.path)")
            #expect(model.path.hasSuffix("/\(model.name).safetensors"))
        }
    }

    @Test func searchesBesideTheProgramThenItsPrefixThenTheCheckout() {
        let folders = WeightFolders(override: nil, executableFolder: "/usr/local/bin", packageFolder: "/src/Weights")
        #expect(
            folders.searched == ["/usr/local/bin/Weights", "/usr/local/share/swift-emotion", "/src/Weights"])
    }

    @Test func aFolderOfTheUserIsTheOnlyOneSearched() {
        let folders = WeightFolders(override: "/models", executableFolder: "/usr/bin", packageFolder: "/src/Weights")
        #expect(folders.searched == ["/models"])
    }

    @Test(arguments: [("/usr/bin/emotion", "/usr/bin"), ("emotion", "."), ("bin/emotion", "bin")])
    func theParentOfAPathIsItsFolder(path: String, folder: String) {
        #expect(WeightFolders.parent(path) == folder)
    }

    @Test func aFileThatIsNotThereIsNotReadable() {
        #expect(!WeightFolders.isReadable("/nowhere/mtcnn.safetensors"))
    }
}
