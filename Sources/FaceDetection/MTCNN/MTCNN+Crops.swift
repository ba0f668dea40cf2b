internal import Imaging
internal import TensorEngine

/// The second and third network on crops of the picture.
extension MTCNN {
    /// What `network` says about each box, in the order of `boxes`; a box outside of the picture is left out.
    ///
    /// Crops are resampled straight from the picture and go through the network in batches, a batch to a thread.
    ///
    /// - Parameter isMirrored: whether the network sees each crop as in a mirror; what it answers is then mirrored too.
    func answers(
        of network: some CropNetwork, on boxes: [FaceBox], in image: Image, isMirrored: Bool = false
    ) -> [(box: FaceBox, answer: FaceAnswer)] {
        let crops = boxes.compactMap { box in box.region(in: image).map { (box: box, region: $0) } }
        let batchSize = type(of: network).batchSize
        let batches = stride(from: 0, to: crops.count, by: batchSize).map { start in
            crops[start..<min(start + batchSize, crops.count)]
        }
        let answers = workers.map(batches.count) { index in
            let side = type(of: network).side
            let crops = Self.crops(of: image, batches[index].map(\.region), side: side)
            return network.answers(isMirrored ? Self.mirrored(crops) : crops)
        }
        return zip(crops, answers.joined()).map { ($0.box, $1) }
    }

    /// `[N, side, side, 3]`: each region resampled to the network's input size.
    private static func crops(of image: Image, _ regions: [PixelRegion], side: Int) -> Tensor {
        let size = Size(side: side)
        let count = size.area * 3
        return Tensor(shape: [regions.count, side, side, 3]) { target in
            for (index, region) in regions.enumerated() {
                let crop = UnsafeMutableBufferPointer(rebasing: target[(index * count)..<((index + 1) * count)])
                AreaResampling.resample(image, from: region, to: size, normalization: .signedUnit, into: crop)
            }
        }
    }

    /// `[N, H, W, 3]` with left and right exchanged.
    private static func mirrored(_ crops: Tensor) -> Tensor {
        let (rows, width) = (crops.batch * crops.size.height, crops.size.width)
        return crops.withUnsafeBuffer { source in
            Tensor(shape: crops.shape) { (target: UnsafeMutableBufferPointer<Float>) in
                for row in 0..<rows {
                    for column in 0..<width {
                        let (from, to) = ((row * width + width - 1 - column) * 3, (row * width + column) * 3)
                        for channel in 0..<3 { target[to + channel] = source[from + channel] }
                    }
                }
            }
        }
    }
}

/// A second opinion on single faces.
extension MTCNN {
    /// How much the third network's crop is moved and scaled for each opinion, in sides of the face's square.
    private static let shifts: [(x: Float, y: Float, scale: Float)] = [
        (0, 0, 1), (0, 0, 0.88), (0, 0, 1.14), (0.07, 0, 1), (-0.07, 0, 1), (0, 0.07, 1), (0, -0.07, 1),
    ]

    /// The face with the mean of the third network's probabilities for it, its crop moved, scaled and mirrored.
    ///
    /// A real face stays one from everywhere near. What a network takes for a face by chance seldom does: in 112 pictures
    /// without a face the highest mean was 0.82, of faces in 628 photographs that MTCNN was unsure of 99 % had 0.92 and
    /// more. A box without landmarks is moved to where the network puts it, and gets its landmarks.
    /// - Complexity: 14 crops through the third network.
    func judged(_ face: DetectedFace, in image: Image) -> DetectedFace {
        let boxes = Self.surroundings(of: face)
        let plain = answers(of: outputNetwork, on: boxes, in: image)
        let mirrored = answers(of: outputNetwork, on: boxes, in: image, isMirrored: true)
        var judged = face
        judged.score = (plain + mirrored).reduce(0) { $0 + $1.answer.score } / Float(2 * boxes.count)
        if face.landmarks == nil, let first = plain.first, first.box == boxes.first {
            judged.take(first)
        }
        return judged
    }

    /// The face where the third network puts it, looking each time at the square around its last box.
    ///
    /// For boxes that were found where there was no room around them: crops are cut at the picture's edge and stretched
    /// to a square, so that what they say of a face that reaches beyond it is stretched, too.
    func relocated(_ face: DetectedFace, in image: Image, looks: Int = 3) -> DetectedFace {
        (0..<looks).reduce(face) { face, _ in
            var moved = face
            let square = FaceBox(face.imageBox).squared
            if let answer = answers(of: outputNetwork, on: [square], in: image).first { moved.take(answer) }
            return moved
        }
    }

    /// The square around a face, moved and scaled a little.
    private static func surroundings(of face: DetectedFace) -> [FaceBox] {
        let square = FaceBox(face.imageBox).squared
        return shifts.map { shift in
            let (side, scaled) = (square.width, square.width * shift.scale)
            let left = square.left + shift.x * side + (side - scaled) / 2
            let top = square.top + shift.y * side + (side - scaled) / 2
            return FaceBox(left: left, top: top, right: left + scaled, bottom: top + scaled)
        }
    }
}

extension DetectedFace {
    /// Takes box and landmarks from the third network's answer for a crop.
    fileprivate mutating func take(_ seen: (box: FaceBox, answer: FaceAnswer)) {
        imageBox = Rect(seen.box.moved(by: seen.answer.shift, inclusive: true))
        landmarks = seen.answer.landmarks(in: seen.box)
    }
}
