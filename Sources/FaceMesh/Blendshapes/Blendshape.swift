/// The 52 coefficients of ``BlendshapeNetwork``, in its order.
///
/// Left and right are the person's own. The raw values are MediaPipe's and ARKit's names.
public enum Blendshape: String, Hashable, Sendable, CaseIterable, Codable {
    /// The network's first output, which means nothing by itself.
    case neutral = "_neutral"
    case browDownLeft, browDownRight, browInnerUp, browOuterUpLeft, browOuterUpRight, cheekPuff, cheekSquintLeft
    case cheekSquintRight, eyeBlinkLeft, eyeBlinkRight, eyeLookDownLeft, eyeLookDownRight, eyeLookInLeft
    case eyeLookInRight, eyeLookOutLeft, eyeLookOutRight, eyeLookUpLeft, eyeLookUpRight, eyeSquintLeft
    case eyeSquintRight, eyeWideLeft, eyeWideRight, jawForward, jawLeft, jawOpen, jawRight, mouthClose
    case mouthDimpleLeft, mouthDimpleRight, mouthFrownLeft, mouthFrownRight, mouthFunnel, mouthLeft
    case mouthLowerDownLeft, mouthLowerDownRight, mouthPressLeft, mouthPressRight, mouthPucker, mouthRight
    case mouthRollLower, mouthRollUpper, mouthShrugLower, mouthShrugUpper, mouthSmileLeft, mouthSmileRight
    case mouthStretchLeft, mouthStretchRight, mouthUpperUpLeft, mouthUpperUpRight, noseSneerLeft, noseSneerRight
}

/// How far a face makes each of 52 movements, 0…1.
public struct BlendshapeCoefficients: Hashable, Sendable {
    /// In the order of ``Blendshape/allCases``.
    public let values: [Double]

    /// - Precondition: one value for each of ``Blendshape/allCases``.
    public init(_ values: [Double]) {
        precondition(values.count == Blendshape.allCases.count, "\(values.count) coefficients")
        self.values = values
    }

    /// How far the face makes `movement`, 0…1.
    public subscript(_ movement: Blendshape) -> Double { values[movement.index] }
}

extension Blendshape {
    /// The coefficient's place in the network's output.
    var index: Int { Self.indices[self] ?? 0 }

    private static let indices = Dictionary(uniqueKeysWithValues: allCases.enumerated().map { ($1, $0) })
}
