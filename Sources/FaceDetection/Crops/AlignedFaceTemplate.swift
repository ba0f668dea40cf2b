internal import Imaging

/// Where the landmarks of an upright face lie in the square that an aligned crop shows, before padding.
///
/// Mean of what ``MTCNN`` finds in FER2013's training pictures, as parts of the box it finds with them, made symmetric:
/// the classifier then sees aligned faces framed as it sees others.
enum AlignedFaceTemplate {
    /// The square's own side, in the template's units.
    static let side = 1.0

    static let landmarks = Landmarks(
        leftEye: Point(x: 0.30, y: 0.40), rightEye: Point(x: 0.70, y: 0.40), nose: Point(x: 0.50, y: 0.58),
        mouthLeft: Point(x: 0.33, y: 0.77), mouthRight: Point(x: 0.67, y: 0.77))
}
