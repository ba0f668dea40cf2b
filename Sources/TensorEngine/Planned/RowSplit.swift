/// Rows cut into tiles whose heights differ by one at most, so that the last tile is no straggler.
struct RowSplit {
    /// Tiles of `tall` rows come first.
    let tall: Int
    let tallTiles: Int
    /// Tiles of `tall − 1` rows.
    let shortTiles: Int

    init(rows: Int, largest: Int) {
        let tiles = (rows + largest - 1) / largest
        tall = tiles == 0 ? 0 : (rows + tiles - 1) / tiles
        shortTiles = tiles * tall - rows
        tallTiles = tiles - shortTiles
    }
}
