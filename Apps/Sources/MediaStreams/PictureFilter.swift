/// ffmpeg's chain of filters from the pictures of a file to upright 8-bit RGB of one size with square pixels.
struct PictureFilter: Equatable {
    /// What is given to `-vf`.
    let text: String
    /// Whether a high dynamic range is brought to a screen's; nil where the file has none.
    let isToneMapped: Bool?
    /// What cannot be done with the ffmpeg at hand, a sentence each.
    let notes: [String]

    /// - Parameter filters: the names of the filters that the ffmpeg at hand has; asked for only where one may be missing.
    init(for stream: VideoStream, longestSide: Int, filters: @autoclosure () -> Set<String>) {
        var chain: [String] = []
        var notes: [String] = []
        var canConvert = false
        if stream.isInterlaced {
            if let deinterlacer = ["bwdif", "yadif"].first(where: filters().contains) {
                // Only frames that are marked so; one frame for each, so that times stay.
                chain.append("\(deinterlacer)=mode=send_frame:deint=interlaced")
            } else {
                notes.append(
                    "The video is interlaced, and this ffmpeg has neither bwdif nor yadif: moving edges are combed.")
            }
        }
        // What is transparent becomes black; its hidden colours are no part of the picture.
        if stream.hasAlpha { chain.append("format=gbrap,premultiply=inplace=1") }
        let size = stream.squarePixelSize(longestSide: longestSide)
        chain.append(Self.scale(to: size, assumedMatrix: stream.assumedMatrix))
        if stream.isHighDynamicRange || stream.hasWideGamut {
            let needed = stream.isHighDynamicRange ? ["zscale", "tonemap"] : ["zscale"]
            let missing = needed.filter { !filters().contains($0) }
            canConvert = missing.isEmpty
            if canConvert {
                chain += Self.standardRange(stream)
            } else {
                notes.append(Self.note(stream, missing: missing))
            }
        }
        chain.append("pad=\(size.width):\(size.height):-1:-1,setsar=1")
        text = chain.joined(separator: ",")
        isToneMapped = stream.isHighDynamicRange ? canConvert : nil
        self.notes = notes
    }

    /// For a camera, whose pictures nobody describes beforehand.
    static func camera(longestSide: Int) -> String {
        let factor = "min(1,\(longestSide)/max(iw*max(1,sar),ih*max(1,1/sar)))"
        return "scale=w='max(2,2*trunc(iw*max(1,sar)*\(factor)/2))':h='max(2,2*trunc(ih*max(1,1/sar)*\(factor)/2))'"
            + ":flags=area,setsar=1"
    }

    /// Fits each picture into `size`. Size and shape may change within a file, as when a phone is turned during a call;
    /// what has another shape than the file began with keeps it and gets a border.
    private static func scale(to size: (width: Int, height: Int), assumedMatrix: String?) -> String {
        let (width, height) = ("iw*max(1,sar)", "ih*max(1,1/sar)")
        let isOfThatShape = "lt(abs(\(width)*\(size.height)/(\(height)*\(size.width))-1),0.02)"
        let factor = "min(\(size.width)/(\(width)),\(size.height)/(\(height)))"
        func side(_ length: String, _ limit: Int) -> String {
            "if(\(isOfThatShape),\(limit),min(\(limit),2*ceil(\(length)*\(factor)/2-0.01)))"
        }
        return "scale=w='\(side(width, size.width))':h='\(side(height, size.height))':flags=area"
            + (assumedMatrix.map { ":in_color_matrix=\($0)" } ?? "")
    }

    /// To BT.709 in linear light. What is brighter than the knee is pressed together up to the peak of 1000 cd/m², so that
    /// highlights are not cut off; below it, where faces are, light stays as a screen of standard range shows it.
    /// - Source: ITU-R BT.2100-2 for the transfers; ffmpeg's filters zscale and tonemap.
    private static func standardRange(_ stream: VideoStream) -> [String] {
        let isHDR = stream.isHighDynamicRange
        let isRGB = stream.matrix == "gbr"
        var chain = ["format=\(isRGB ? "gbrp12le" : "yuv444p12le")"]
        // zscale refuses to guess what a file leaves unsaid.
        var unsaid: [String] = []
        if stream.primaries == nil { unsaid.append("color_primaries=bt2020") }
        if stream.transfer == nil { unsaid.append("color_trc=bt709") }
        if stream.matrix == nil { unsaid.append("colorspace=\(isHDR ? "bt2020nc" : "bt709")") }
        if !unsaid.isEmpty { chain.append("setparams=" + unsaid.joined(separator: ":")) }
        chain += ["zscale=t=linear\(isHDR ? ":npl=\(standardWhite)" : "")", "format=gbrpf32le", "zscale=p=bt709"]
        if isHDR { chain.append("tonemap=tonemap=mobius:param=\(Self.knee):desat=0") }
        return chain + ["zscale=t=bt709:r=pc", "format=gbrp"]
    }

    /// Candela a square metre that are a standard screen's white before the curve: BT.709's reference, and what zscale
    /// takes for files it makes. Cameras may put white at 203 (Report BT.2408); their faces come out brighter.
    private static let standardWhite = 100

    /// The share of white up to which light stays. On an HLG clip made of a standard one, 22 frames, the seven
    /// probabilities are nearer to the original's with 0.6 than with the filter's own 0.3: mean difference 0.008 for 0.021,
    /// and 0.018 untreated. On a second clip with white at 203 it is no gain (0.018 for 0.015 untreated).
    private static let knee = 0.6

    private static func note(_ stream: VideoStream, missing: [String]) -> String {
        let kind =
            switch stream.transfer {
            case "arib-std-b67": "HDR (hybrid log-gamma)"
            case "smpte2084": "HDR (PQ)"
            default: "of wide-gamut colours"
            }
        return "The video is \(kind), and this ffmpeg lacks the filter \(missing.joined(separator: " and ")) "
            + "to bring it to standard colours: faces look paler and are scored less reliably."
    }
}
