internal import Imaging

extension DetectedFace {
    /// The same face in a picture whose sides are `factor` times as long.
    public func scaled(by factor: Double) -> DetectedFace {
        var scaled = self
        scaled.imageBox = Rect(
            x: imageBox.x * factor, y: imageBox.y * factor, width: imageBox.width * factor,
            height: imageBox.height * factor)
        scaled.landmarks = landmarks.map { points in
            func moved(_ point: Point) -> Point { Point(x: point.x * factor, y: point.y * factor) }
            return Landmarks(
                leftEye: moved(points.leftEye), rightEye: moved(points.rightEye), nose: moved(points.nose),
                mouthLeft: moved(points.mouthLeft), mouthRight: moved(points.mouthRight))
        }
        return scaled
    }
}
