/// What eyes, lids, brows, jaw and mouth do, named: gaze from the irises, the others from the 52 movements.
///
/// Left and right are the person's own. What a face does, not what its owner feels.
public struct FaceSignals: Hashable, Sendable {
    /// Where both eyes look against the head, from the irises.
    public let gaze: Gaze
    /// The same from the movements `eyeLook…`, −1…1: positive towards the right border of the picture.
    public let lookAcross: Double
    /// Likewise, −1…1: positive upwards.
    public let lookUp: Double
    /// How far the left eye is shut, 0…1.
    public let blinkLeft: Double
    /// How far the right eye is shut, 0…1.
    public let blinkRight: Double
    /// How far the left corner of the mouth is drawn up, 0…1.
    public let smileLeft: Double
    /// How far the right corner of the mouth is drawn up, 0…1.
    public let smileRight: Double
    /// How far the brows are raised, 0…1: the inner ends or the outer, whichever more.
    public let browsUp: Double
    /// How far the brows are lowered, 0…1.
    public let browsDown: Double
    /// How far the jaw is open, 0…1.
    public let jawOpen: Double

    /// How far both corners of the mouth are drawn up, 0…1.
    public var smile: Double { (smileLeft + smileRight) / 2 }
    /// How unequal the two sides of a smile are, −1…1: positive where the person's left side smiles more.
    public var smileBalance: Double { smileLeft - smileRight }
    /// How far both eyes are shut, 0…1.
    public var blink: Double { min(blinkLeft, blinkRight) }

    init(_ movements: BlendshapeCoefficients, gaze: Gaze) {
        func mean(_ names: Blendshape...) -> Double { names.reduce(0) { $0 + movements[$1] } / Double(names.count) }
        self.gaze = gaze
        // The person's left is the picture's right.
        lookAcross = mean(.eyeLookOutLeft, .eyeLookInRight) - mean(.eyeLookInLeft, .eyeLookOutRight)
        lookUp = mean(.eyeLookUpLeft, .eyeLookUpRight) - mean(.eyeLookDownLeft, .eyeLookDownRight)
        (blinkLeft, blinkRight) = (movements[.eyeBlinkLeft], movements[.eyeBlinkRight])
        (smileLeft, smileRight) = (movements[.mouthSmileLeft], movements[.mouthSmileRight])
        browsUp = max(movements[.browInnerUp], mean(.browOuterUpLeft, .browOuterUpRight))
        browsDown = mean(.browDownLeft, .browDownRight)
        jawOpen = movements[.jawOpen]
    }
}
