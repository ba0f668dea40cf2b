/// What is drawn over one face: its box, a label, points, and the scores behind the label.
public struct FaceAnnotation: Hashable, Sendable {
    /// One line of the score panel.
    public struct Score: Hashable, Sendable {
        public var label: String
        /// 0…1; what lies beyond is drawn as the nearer end.
        public var value: Double

        public init(label: String, value: Double) {
            self.label = label
            self.value = value
        }
    }

    /// In picture coordinates; may reach beyond the picture.
    public var box: Rect
    /// The bold word of the label; it also selects the colour.
    public var title: String
    /// What follows it, a percentage for instance.
    public var detail: String
    /// Positions to mark by dots, in picture coordinates.
    public var points: [Point]
    /// Shown beside the box where there is room, when the picture has one annotation only.
    public var scores: [Score]

    public init(box: Rect, title: String, detail: String = "", points: [Point] = [], scores: [Score] = []) {
        self.box = box
        self.title = title
        self.detail = detail
        self.points = points
        self.scores = scores
    }
}
