/// The output pixels of a batch of pictures, cut into runs that one thread computes at a time.
struct Tiles {
    struct Tile {
        let picture: Int
        let pixels: Range<Int>
    }

    /// Output pixels a tile at most: enough for a matrix product to pay, few enough to stay in the second-level cache.
    private static let largest = 1024

    private let tilesPerPicture: Int
    private let pixels: Int
    let count: Int

    init(batch: Int, pixels: Int, threads: Int) {
        // A single picture is cut so that every thread has work.
        let wanted = batch >= threads ? 1 : threads
        let tiles = max((pixels + Self.largest - 1) / Self.largest, min(wanted, pixels), 1)
        tilesPerPicture = (tiles + wanted - 1) / wanted * wanted
        self.pixels = pixels
        count = batch * tilesPerPicture
    }

    subscript(index: Int) -> Tile {
        let tile = index % tilesPerPicture
        let (from, to) = (tile * pixels / tilesPerPicture, (tile + 1) * pixels / tilesPerPicture)
        return Tile(picture: index / tilesPerPicture, pixels: from..<to)
    }
}
