extension Image {
    /// The picture with boxes, labels, dots and scores drawn over it; every size follows from that of the picture.
    public func annotated(with annotations: [FaceAnnotation], style: AnnotationStyle = .standard) -> Image {
        var painter = AnnotationPainter(image: self, style: style)
        for annotation in annotations { painter.drawFrame(of: annotation) }
        if style.showsScores, annotations.count == 1 {
            for annotation in annotations { painter.drawScores(of: annotation) }
        }
        // Labels come last, so that no other face's box crosses them.
        for annotation in annotations { painter.drawLabel(of: annotation) }
        return painter.canvas.image
    }
}
