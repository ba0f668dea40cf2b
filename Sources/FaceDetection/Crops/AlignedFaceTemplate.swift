internal import Imaging

/// Where the landmarks of an upright face lie in the square that an aligned crop shows, before padding.
///
/// Mean of what MTCNN finds in 108 nearly upright faces of FER2013's training pictures, as parts of the square around
/// the box that it finds with them, made symmetric: aligned faces are framed as square crops frame others.
enum AlignedFaceTemplate {
    /// The square's own side, in the template's units.
    static let side = 1.0

    static let landmarks = Landmarks(
        leftEye: Point(x: 0.322, y: 0.380), rightEye: Point(x: 0.678, y: 0.380), nose: Point(x: 0.500, y: 0.587),
        mouthLeft: Point(x: 0.350, y: 0.764), mouthRight: Point(x: 0.650, y: 0.764))
}
