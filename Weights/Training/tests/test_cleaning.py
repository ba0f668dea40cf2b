"""What is left out, and that the report says so."""

import numpy as np
from conftest import jpeg

from emotion_training.cleaning import CleaningRules, clean, difference_hash
from emotion_training.data import FaceTable


def test_clean_data_stays_as_it_is(table: FaceTable) -> None:
    rows, report = clean(table, CleaningRules())
    assert rows.tolist() == list(range(14)) and report.kept == 14


def test_every_rule_leaves_out_its_picture_and_counts_it(table: FaceTable) -> None:
    pictures, votes = list(table.pictures), table.votes.copy()
    votes[1] = 0
    votes[1, 9] = 5
    pictures[5] = jpeg(2, side=96)
    votes[7] = 0
    votes[7, 1] = 9
    changed = FaceTable(pictures, table.labels, table.names, votes)
    other = FaceTable([jpeg(9), jpeg(99)], np.array([0, 1]), ["a", "b"])
    rows, report = clean(changed, CleaningRules(), other)
    assert sorted(set(range(14)) - set(rows.tolist())) == [1, 5, 7, 9]
    assert (report.not_a_face, report.duplicates, report.contradicted, report.in_other_split) == (1, 1, 1, 1)
    assert report.duplicates_with_other_label == 1 and report.contradicted_by_label["angry"] == 1
    assert report.kept == 10


def test_the_hash_forgets_size_and_keeps_what_is_seen() -> None:
    same = np.unpackbits(difference_hash(jpeg(3)) ^ difference_hash(jpeg(3, side=130))).sum()
    other = np.unpackbits(difference_hash(jpeg(3)) ^ difference_hash(jpeg(4))).sum()
    assert same <= 12 < 40 < other
