internal import Imaging

extension FaceTracker {
    /// How often to search, and when two faces are one person.
    ///
    /// What depends on how fast people move is in seconds, what depends on the detector is in frames. Both hold at any
    /// step between frames, from 1/120 s to 10 s: a face of the frame before is a neighbour however long ago that was.
    package struct Configuration: Hashable, Sendable {
        /// The whole picture is searched in every frame of this number; known faces are followed between.
        ///
        /// A newcomer is found this many frames late at worst. Following a face costs a small part of a search.
        package var detectionInterval = 10
        /// It is also searched once this many seconds have passed since the last search: at coarse steps in every frame.
        package var detectionSeconds = 1.0
        /// Frames between two searches while a face is missing or weak and another one is met. The frame in which it is
        /// first missed is searched at once, and where nobody is met every frame is.
        package var searchInterval = 3
        /// Or this many seconds, so that at coarse steps whoever comes is found at once.
        package var searchSeconds = 0.1
        /// A followed face with a probability below this is weak: the picture is searched.
        package var weakScore: Float = 0.9
        /// Frames in which a face must be seen before its track is confirmed.
        package var confirmationHits = 3
        /// Two frames are enough where this many seconds lie between them: what deceives the detector seldom lasts as long.
        package var confirmationSeconds = 0.2
        /// What confirms itself in its first frame.
        package var sure = SureFace()
        /// For this many seconds a missing face is looked for where it was heading; in the two frames after the last one it
        /// was seen in, however much later they come.
        package var coastingSeconds = 0.6
        /// A lost track is forgotten after this many seconds; one that is kept (``FaceTracker/keptID``) never is.
        package var forgettingSeconds = 60.0
        /// The least similarity of looks, −1…1, of one person in frames that follow each other, where the place leaves a
        /// choice between two. Where it leaves none the look is not asked: a lean of the head or another light changes it
        /// to 0.4, which is less than between most strangers.
        package var continuingSimilarity = 0.75
        /// The least similarity of looks, −1…1, at which somebody who was away is known again.
        ///
        /// Of all pairs among 297 different faces of web photographs, half were more alike than 0.72, one in twenty more
        /// than 0.87 and one in a hundred more than 0.91; with landmarks 3 % off, 99 in a hundred faces were more like
        /// themselves than 0.91.
        package var returningSimilarity = 0.88
        /// While the kept person is away, the only face in view is taken for them after this many seconds, though it looks
        /// different, and marked (``FaceTrack/isIdentityUncertain``); never one that was seen beside them.
        package var loneSeconds = 3.0

        package init() {}

        /// Stops the program with the value that makes no sense.
        func requireValid() {
            precondition(detectionInterval > 0, "detectionInterval \(detectionInterval) is not positive")
            precondition(detectionSeconds >= 0, "detectionSeconds \(detectionSeconds) is negative")
            precondition(searchInterval > 0, "searchInterval \(searchInterval) is not positive")
            precondition(searchSeconds >= 0, "searchSeconds \(searchSeconds) is negative")
            precondition(confirmationHits > 0, "confirmationHits \(confirmationHits) is not positive")
            precondition(confirmationSeconds >= 0, "confirmationSeconds \(confirmationSeconds) is negative")
            precondition(coastingSeconds >= 0, "coastingSeconds \(coastingSeconds) is negative")
            precondition(forgettingSeconds >= coastingSeconds, "forgettingSeconds \(forgettingSeconds) < coasting")
            precondition(loneSeconds >= 0, "loneSeconds \(loneSeconds) is negative")
        }
    }

    /// A face that needs no second frame: the detector is sure of it, it is large, and it looks ahead.
    package struct SureFace: Hashable, Sendable {
        /// Least probability, 0…1.
        package var score: Float
        /// Least side of the face's box, in parts of the picture's shorter side.
        package var part: Double
        /// Most degrees to either side that the head is turned or tilted.
        package var largestAngle: Double

        package init(score: Float = 0.97, part: Double = 0.1, largestAngle: Double = 30) {
            (self.score, self.part, self.largestAngle) = (score, part, largestAngle)
        }

        func admits(_ face: DetectedFace, in image: Image) -> Bool {
            guard face.score >= score, let pose = face.landmarks.flatMap(HeadPose.init) else { return false }
            return face.imageBox.side >= part * Double(min(image.width, image.height))
                && max(abs(pose.yaw), abs(pose.roll)) <= largestAngle
        }
    }
}
