import FileNames
import Foundation
import Testing

@Suite struct NamelessFileTests {
    @Test func isReadAsOftenAsIsAskedFor() throws {
        let file = try NamelessFile()
        for part in [[1, 2, 3], [], [4, 5]] as [[UInt8]] { try file.append(part, count: part.count) }
        #expect(try file.count() == 5)
        #expect(file.beginning(count: 2) == [1, 2] && file.beginning(count: 9) == [1, 2, 3, 4, 5])
        for (offset, expected) in [(0, [[1, 2], [3, 4], [5]]), (0, [[1, 2], [3, 4], [5]]), (3, [[4, 5]])] {
            var pieces: [[UInt8]] = []
            try file.readPieces(from: offset, size: 2) { bytes, total in
                pieces.append(bytes)
                #expect(total == 5)
            }
            #expect(pieces == expected.map { $0.map { UInt8($0) } })
        }
    }

    /// On Linux an open file without a name says so itself.
    @Test func hasNoName() throws {
        let file = try NamelessFile()
        var status = stat()
        #expect(fstat(file.descriptor, &status) == 0)
        #expect(status.st_nlink == 0 && status.st_mode & 0o777 == 0o600)
    }
}
