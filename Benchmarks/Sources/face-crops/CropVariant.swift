import EmotionDetection

/// One way of cutting faces out, and what the table calls it.
struct CropVariant {
    let name: String
    let cropping: FaceCropping

    static let all: [CropVariant] = {
        let paddings = [0, 0.05, 0.10, 0.20]
        func variants(_ name: String, _ cropping: (Double) -> FaceCropping) -> [CropVariant] {
            paddings.map {
                CropVariant(name: "\(name), padding \(Int(($0 * 100).rounded())) %", cropping: cropping($0))
            }
        }
        return variants("box") { FaceCropping(padding: $0, outline: .box, alignsByLandmarks: false) }
            + variants("square") { FaceCropping(padding: $0, outline: .square, alignsByLandmarks: false) }
            + variants("aligned") { FaceCropping(padding: $0, alignsByLandmarks: true) }
    }()
}
