package import Imaging

/// Where a face was, how fast it moves and grows, and so where it should be now.
///
/// Constant velocity of the centre and constant growth of the size; the measured box is taken as it is, since the
/// detector's boxes are good to a pixel or two, and only the velocity is smoothed (an alpha-beta filter with α = 1).
package struct FaceMotion: Hashable, Sendable {
    /// The last measured box.
    package private(set) var box: Rect
    /// When it was measured, in seconds.
    package private(set) var timestamp: Double
    /// Of the centre, in pixels a second.
    package private(set) var velocity = Point(x: 0, y: 0)
    /// Of the size, in parts of it a second.
    private var growth = 0.0

    /// Part of a prediction's error that the velocity takes on; large enough to follow a turn within five frames.
    private static let gain = 0.35
    /// For longer than this, in seconds, nobody keeps a course: the prediction stops there, and a measurement after it
    /// starts a new course.
    private static let horizon = 1.0
    /// The most a prediction changes the size, in either direction.
    private static let largestGrowth = 1.5

    package init(box: Rect, at timestamp: Double) {
        (self.box, self.timestamp) = (box, timestamp)
    }

    /// Where to look for the face at `timestamp`: the last box, moved by its course.
    ///
    /// Its size is the last one. The detector's second and third network lean on the size of the box they are given, so one
    /// that grew by its course would come back larger still, and so on.
    package func searched(at timestamp: Double) -> Rect {
        let elapsed = min(timestamp - self.timestamp, Self.horizon)
        return Rect(
            x: box.x + velocity.x * elapsed, y: box.y + velocity.y * elapsed, width: box.width, height: box.height)
    }

    /// The box expected at `timestamp`.
    package func predicted(at timestamp: Double) -> Rect {
        let elapsed = min(timestamp - self.timestamp, Self.horizon)
        let factor = min(max(1 + growth * elapsed, 1 / Self.largestGrowth), Self.largestGrowth)
        let (width, height) = (box.width * factor, box.height * factor)
        let center = box.center
        return Rect(
            x: center.x + velocity.x * elapsed - width / 2, y: center.y + velocity.y * elapsed - height / 2,
            width: width, height: height)
    }

    /// Takes in a measurement.
    ///
    /// - Precondition: `timestamp` lies after the one before.
    package mutating func correct(_ measured: Rect, at timestamp: Double) {
        let elapsed = timestamp - self.timestamp
        precondition(elapsed > 0, "a measurement at \(timestamp) s after one at \(self.timestamp) s")
        if elapsed > Self.horizon {
            (velocity, growth) = (Point(x: 0, y: 0), 0)
        } else {
            let expected = predicted(at: timestamp)
            let weight = Self.gain / elapsed
            velocity.x += weight * (measured.center.x - expected.center.x)
            velocity.y += weight * (measured.center.y - expected.center.y)
            if expected.side > 0 { growth += weight * (measured.side / expected.side - 1) }
        }
        (box, self.timestamp) = (measured, timestamp)
    }
}

extension Rect {
    /// Side of the square of the same area.
    package var side: Double { area.squareRoot() }
}
