/// A weight file that comes with this package: what it is called, its digest and where it lies.
///
/// The constants repeat `Weights/manifest.json`, so that nothing has to be parsed at start; a test compares the two.
package struct BundledModel: Hashable, Sendable {
    /// The file's name without its extension.
    package let name: String
    package let version: String
    /// SHA-256 of the tensors, lower-case hexadecimal, as in the file's own metadata and the manifest's `payload_sha256`.
    package let sha256: String

    /// Finds faces and five landmarks: the three networks of facenet-pytorch 2.6.0.
    package static let mtcnn = BundledModel(
        name: "mtcnn", version: "facenet-pytorch-2.6.0",
        sha256: "45584c5794150e2562e7c4557b55421683b4e308cdd9b075055219902f68cb1b")

    /// Finds upright, frontal faces where the networks find none: OpenCV's cascade of Haar features.
    package static let haarCascade = BundledModel(
        name: "haarcascade_frontalface_default", version: "opencv-4.6.0",
        sha256: "b212273f9dc7046a58eef6c03d2cf9d94f8042ea0bfb7b688bbf56d0440eccc2")

    /// Scores seven expressions on a face crop of 260×260 pixels.
    package static let efficientNetB2 = BundledModel(
        name: "efficientnet_b2_fer2013", version: "2",
        sha256: "8eb00074da9b1de1aff33679347997862bd00317b67e9d3a1847e0a2d62cdade")

    /// Locates 478 points of a face in a crop of 256×256 pixels: MediaPipe's face mesh, with its canonical face.
    package static let faceMesh = BundledModel(
        name: "face_mesh", version: "mediapipe-2023-05",
        sha256: "d51e208044b7da25f6ffb66706312f064475d795add1bb93aa4a4a23854f4a70")

    /// Turns 146 of those points into 52 coefficients of facial movements.
    package static let faceBlendshapes = BundledModel(
        name: "face_blendshapes", version: "mediapipe-2023-05",
        sha256: "9c8153deaf9bd00e513d44ded2b5024333b2bb4fd7242b36c187274325e4f32b")

    /// Scores seven emotions on three seconds of a voice. Under CC BY-NC-SA 4.0, unlike all else.
    package static let voiceEmotion = BundledModel(
        name: "voice_emotion", version: "4",
        sha256: "af3b0deb71c0314bc0970d06123557867bd75d890b02b1fbc9a352402f84f3a0")

    /// Turns sentences into vectors of their meaning: all-MiniLM-L6-v2. Too large to come with the package, and so not among
    /// ``all``: `make text-model` makes it.
    package static let sentences = BundledModel(
        name: "all_minilm_l6_v2", version: "1",
        sha256: "3196c14ce74582f38949cb05c90cf79e2a19de7a853d82934902d2ca22d957a9")

    package static let all = [mtcnn, haarCascade, efficientNetB2, faceMesh, faceBlendshapes, voiceEmotion]

    /// The name of the file in its folder.
    package var file: String { name + ".safetensors" }

    /// Where the file lies; where it should lie first of all, if no folder has it, for the error of whoever opens it.
    package var path: String { path(in: WeightSearch()) }

    /// As ``path``, where `search` finds it.
    package func path(in search: WeightSearch) -> String {
        search.find(self) ?? (search.places.first.map { $0.folder + "/" } ?? "") + file
    }
}
