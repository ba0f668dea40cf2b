package import TensorEngine

/// The sizes at which the first network looks at a picture, so that its window of 12 pixels meets faces of every size.
///
/// - Source: facenet-pytorch 2.6.0, `detect_face`: scales in double precision, sizes `int(extent · scale + 1)`.
package struct ImagePyramid: Hashable, Sendable {
    /// One size of the picture.
    package struct Level: Hashable, Sendable {
        /// Pixels of this level for one pixel of the picture.
        package let scale: Double
        package let size: Size
    }

    /// From the finest, which shows the smallest face 12 pixels wide, to the coarsest that still holds one window.
    package let levels: [Level]

    /// - Parameters:
    ///   - size: of the picture.
    ///   - smallestFace: side in pixels of the picture.
    ///   - factor: from each level to the next, 0…1.
    /// - Precondition: `smallestFace` is positive and `factor` lies between 0 and 1.
    package init(of size: Size, smallestFace: Double, factor: Double) {
        precondition(smallestFace > 0, "a face of \(smallestFace) pixels cannot be found")
        precondition(factor > 0 && factor < 1, "a pyramid with the factor \(factor) never ends")
        let window = Double(PNet.window)
        var scale = window / smallestFace
        var shorterSide = Double(min(size.height, size.width)) * scale
        var levels: [Level] = []
        while shorterSide >= window {
            let height = Int(Double(size.height) * scale + 1)
            let width = Int(Double(size.width) * scale + 1)
            levels.append(Level(scale: scale, size: Size(height: height, width: width)))
            scale *= factor
            shorterSide *= factor
        }
        self.levels = levels
    }
}
