import EmotionDetection
import FaceMesh

/// Draws meshes: fine lines between all points, and the contours of a face's parts a little stronger.
struct MeshDrawing: Sendable {
    /// Pairs of point numbers, as ``FaceMesher/edges``.
    let edges: [(Int, Int)]

    /// Draws a mesh whose points are in pixels of the canvas; one of no face is left out.
    func draw(_ face: MeshedFace, on canvas: inout Canvas) {
        guard face.isPresent else { return }
        // Points have the middle of the first pixel at (0, 0), a canvas its corner.
        let points = face.points.map { Point(x: $0.x + 0.5, y: $0.y + 0.5) }
        let width = min(max(face.region.side / 400, 0.4), 2.5)
        for (first, second) in edges {
            canvas.line(from: points[first], to: points[second], thickness: width, color: .white, opacity: 0.4)
        }
        for contour in MeshContour.allCases {
            let line = contour.points
            for (first, second) in zip(line, line.dropFirst()) {
                canvas.line(
                    from: points[first], to: points[second], thickness: width * 1.8, color: contour.color,
                    opacity: 0.9)
            }
        }
    }
}

extension Image {
    /// The picture with a mesh over each face.
    func meshed(with faces: [MeshedFace], by drawing: MeshDrawing) -> Image {
        var canvas = Canvas(self)
        for face in faces { drawing.draw(face, on: &canvas) }
        return canvas.image
    }
}

extension MeshContour {
    /// Told apart on skin, bright and dark grounds.
    fileprivate var color: Color {
        switch self {
        case .outline: Color(hex: 0xE8EDF2)
        case .leftBrow, .rightBrow: Color(hex: 0xFFC53D)
        case .leftEye, .rightEye: Color(hex: 0x2EC4B6)
        case .leftIris, .rightIris: Color(hex: 0x3E8BFF)
        case .outerLips, .innerLips: Color(hex: 0xF2727F)
        }
    }
}
