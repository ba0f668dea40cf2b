"""Leaves out what teaches the wrong thing, and reports what was left out and why."""

import io
from collections import Counter
from dataclasses import asdict, dataclass, field

import numpy as np
from PIL import Image

from .data import FaceTable
from .labels import EMOTIONS, NOT_A_FACE, vote_shares

HASH_SIDE = 16


@dataclass(frozen=True)
class CleaningRules:
    """Which rules apply, and how strictly."""

    # Left out when at least so many of the ten voters saw no face.
    not_a_face_votes: int = 5
    # Left out when the label got at most `contradicted_share` of the votes and another emotion at least `agreed_share`.
    contradicted_share: float = 0.0
    agreed_share: float = 0.8
    drops_duplicates: bool = True
    # Bits of the 256 that two difference hashes may differ in and still be one picture.
    duplicate_bits: int = 6


@dataclass
class CleaningReport:
    """How many pictures each rule left out; a picture counts under the first rule that names it."""

    pictures: int
    kept: int = 0
    not_a_face: int = 0
    in_other_split: int = 0
    duplicates: int = 0
    duplicates_with_other_label: int = 0
    contradicted: int = 0
    contradicted_by_label: dict[str, int] = field(default_factory=dict)

    def summary(self) -> dict[str, object]:
        """For the log."""
        return asdict(self)


def difference_hash(picture: bytes) -> np.ndarray:
    """256 bits: whether each of 16×16 areas is darker than its right neighbour, packed into 32 bytes."""
    image = Image.open(io.BytesIO(picture)).convert("L").resize((HASH_SIDE + 1, HASH_SIDE), Image.Resampling.BOX)
    values = np.asarray(image, np.int16)
    return np.packbits(values[:, 1:] > values[:, :-1])


def hashes(table: FaceTable) -> np.ndarray:
    """The difference hash of every picture, [N, 32] bytes."""
    return np.array([difference_hash(picture) for picture in table.pictures], np.uint8).reshape(-1, HASH_SIDE**2 // 8)


def nearest(of: np.ndarray, among: np.ndarray, before_itself: bool = False) -> tuple[np.ndarray, np.ndarray]:
    """For each hash its nearest in `among` and the bits between: numbers [N], distances [N].

    With `before_itself` only those of a lower number count, so that of equal pictures the first is kept.
    """
    index, distance = np.full(len(of), -1), np.full(len(of), HASH_SIDE**2 + 1)
    words, others = of.view(np.uint64), among.view(np.uint64)
    for row in range(len(of)):
        candidates = others[:row] if before_itself else others
        if len(candidates):
            bits = np.bitwise_count(candidates ^ words[row]).sum(axis=1)
            index[row] = bits.argmin()
            distance[row] = bits[index[row]]
    return index, distance


def clean(
    table: FaceTable, rules: CleaningRules, kept_apart: FaceTable | None = None
) -> tuple[np.ndarray, CleaningReport]:
    """The rows to train on and the report. `kept_apart` is the evaluation split: what resembles it is left out."""
    report = CleaningReport(len(table))
    keep = np.ones(len(table), bool)

    def leave_out(which: np.ndarray) -> np.ndarray:
        dropped = keep & which
        keep[dropped] = False
        return dropped

    if table.votes is not None:
        report.not_a_face = int(leave_out(table.votes[:, NOT_A_FACE] >= rules.not_a_face_votes).sum())
    if rules.drops_duplicates:
        own = hashes(table)
        if kept_apart is not None:
            _, distance = nearest(own, hashes(kept_apart))
            report.in_other_split = int(leave_out(distance <= rules.duplicate_bits).sum())
        first, distance = nearest(own, own, before_itself=True)
        dropped = leave_out(distance <= rules.duplicate_bits)
        report.duplicates = int(dropped.sum())
        report.duplicates_with_other_label = int((table.labels[first] != table.labels)[dropped].sum())
    if table.votes is not None:
        shares = vote_shares(table.votes)
        own_share = shares[np.arange(len(table)), table.labels]
        contradicted = (own_share <= rules.contradicted_share) & (shares.max(axis=1) >= rules.agreed_share)
        dropped = leave_out(contradicted)
        report.contradicted = int(dropped.sum())
        counts = Counter(EMOTIONS[label] for label in table.labels[dropped])
        report.contradicted_by_label = {emotion: counts[emotion] for emotion in EMOTIONS}
    report.kept = int(keep.sum())
    return np.flatnonzero(keep), report
