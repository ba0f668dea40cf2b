import ArgumentParser
import EmotionDetection

/// The options that say how faces are cut out of a picture for the emotion network.
struct CropOptions: ParsableArguments {
    /// The outline, and whether the face is turned upright.
    enum Style: String, ExpressibleByArgument, CaseIterable {
        case aligned
        case square
        case box
        case original
    }

    /// What stands beyond the picture.
    enum Fill: String, ExpressibleByArgument, CaseIterable {
        case edge
        case mirror
        case black
        case none

        var border: FaceCropping.Border {
            switch self {
            case .edge: .replicate
            case .mirror: .reflect
            case .black: .black
            case .none: .clip
            }
        }
    }

    @Option(
        name: .customLong("crop"),
        help: """
            How faces are cut out: turned upright by their landmarks, as the square around the box, as the box, or as the \
            original system cut them (the box with 10 % around it, cut at the picture's border). The bundled weights \
            were trained on aligned crops.
            """)
    var style = Style.aligned

    @Option(
        name: .customLong("crop-padding"),
        help: ArgumentHelp(
            "How far crops reach beyond each side, in percent of it. (default: 5; 10 with --crop original)",
            valueName: "percent"))
    var padding: Double?

    @Option(
        name: .customLong("crop-fill"),
        help: """
            What stands where a crop reaches beyond the picture: its edge repeated, the picture mirrored, black, or \
            nothing. (default: edge; none with --crop original)
            """)
    var fill: Fill?

    /// The option that was given; nil where none was.
    var given: String? {
        if style != .aligned { return "--crop" }
        return padding != nil ? "--crop-padding" : fill != nil ? "--crop-fill" : nil
    }

    func validate() throws {
        if let padding, !(0...100).contains(padding) {
            throw ValidationError("--crop-padding must be 0 to 100, not \(padding).")
        }
        if style == .aligned, fill == Fill.none {
            throw ValidationError("--crop-fill none cannot be had of aligned crops, which are always whole squares.")
        }
    }

    /// The rules that these options ask for.
    var cropping: FaceCropping {
        var cropping =
            switch style {
            case .aligned: FaceCropping()
            case .square: FaceCropping(alignsByLandmarks: false)
            case .box: FaceCropping(outline: .box, alignsByLandmarks: false)
            case .original: FaceCropping.plainBox
            }
        if let padding { cropping.padding = padding / 100 }
        if let fill { cropping.border = fill.border }
        return cropping
    }
}
