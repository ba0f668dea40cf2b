/// Rows cut into tiles whose heights differ by one at most, so that the last tile is no straggler.
struct RowSplit {
    /// Tiles of `tall` rows come first.
    let tall: Int
    let tallTiles: Int
    /// Tiles of `tall − 1` rows.
    let shortTiles: Int

    /// Tiles of equal height, one below the other.
    struct Tiles {
        let height: Int
        let count: Int
        let tilesAbove: Int
        let rowsAbove: Int
    }

    var tallOnes: Tiles { Tiles(height: tall, count: tallTiles, tilesAbove: 0, rowsAbove: 0) }

    var shortOnes: Tiles {
        Tiles(height: tall - 1, count: shortTiles, tilesAbove: tallTiles, rowsAbove: tall * tallTiles)
    }

    init(rows: Int, largest: Int) {
        let tiles = (rows + largest - 1) / largest
        tall = tiles == 0 ? 0 : (rows + tiles - 1) / tiles
        shortTiles = tiles * tall - rows
        tallTiles = tiles - shortTiles
    }
}
