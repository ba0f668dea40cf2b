/**
 * A recording in segments as one course of time.
 *
 * @typedef {{start: number, type: string, blob: Blob}} Segment `start` in seconds of the session
 */

/** Joins the pieces of a recording into its segments. @param {{segment: number, index: number, start: number, type: string, blob: Blob}[]} pieces @returns {Segment[]} in the order of time */
export function segments(pieces) {
  const bySegment = pieces.reduce((map, piece) => map.set(piece.segment, [...(map.get(piece.segment) ?? []), piece]), new Map());
  return [...bySegment.values()].map((parts) => {
    const ordered = parts.toSorted((one, other) => one.index - other.index);
    // Without its first piece, which holds the header, a segment cannot be played.
    return ordered[0].index === 0 ? { start: ordered[0].start, type: ordered[0].type, blob: new Blob(ordered.map((part) => part.blob), { type: ordered[0].type }) } : null;
  }).filter(Boolean).sort((one, other) => one.start - other.start);
}

/**
 * Which segment shows a second of the session, and where in it.
 *
 * @param {{start: number}[]} segments in the order of time
 * @param {number} seconds of the session
 * @returns {{index: number, offset: number}} index −1 where there is no segment
 */
export function place(segments, seconds) {
  const index = Math.max(0, segments.findLastIndex((segment) => segment.start <= seconds));
  return segments.length ? { index, offset: Math.max(0, seconds - segments[index].start) } : { index: -1, offset: 0 };
}
