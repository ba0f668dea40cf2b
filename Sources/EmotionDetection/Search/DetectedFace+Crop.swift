extension DetectedFace {
    /// What is cut out for the classifier: the box and `padding` of its width and height on each side.
    ///
    /// May reach beyond the picture, where ``Image/cropped(to:)`` cuts it at the border. The centre region is taken as it
    /// is, since it already leaves room around a face.
    package func cropBox(padding: Double) -> Rect {
        guard stage != .centerRegion else { return imageBox }
        let (horizontal, vertical) = (padding * imageBox.width, padding * imageBox.height)
        return Rect(
            left: imageBox.left - horizontal, top: imageBox.top - vertical,
            right: imageBox.right + horizontal, bottom: imageBox.bottom + vertical)
    }
}
