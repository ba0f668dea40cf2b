"""Reading packed and sorted faces, and what votes mean."""

import io
import tarfile
from pathlib import Path

import numpy as np
import pytest
from conftest import jpeg

from emotion_training.data import FaceTable, read_packed, read_sorted
from emotion_training.labels import EMOTIONS, vote_majority, vote_shares


def test_a_packed_file_gives_every_picture_its_label_and_votes(packed: Path, table: FaceTable) -> None:
    read = read_packed(packed)
    assert read.pictures == table.pictures
    assert read.names == table.names
    assert (read.labels == table.labels).all() and (read.votes == table.votes).all()
    assert read.digest() == table.digest() != table.subset(np.arange(13)).digest()


def test_offsets_that_do_not_divide_the_bytes_are_refused(tmp_path: Path) -> None:
    np.savez(tmp_path / "bad.npz", jpeg=np.zeros(10, np.uint8), offset=np.array([0, 4, 9]), label=np.array([0, 1]))
    with pytest.raises(ValueError, match="offsets"):
        read_packed(tmp_path / "bad.npz")


def test_a_label_out_of_range_is_refused(tmp_path: Path) -> None:
    np.savez(tmp_path / "bad.npz", jpeg=np.zeros(9, np.uint8), offset=np.array([0, 9]), label=np.array([7]))
    with pytest.raises(ValueError, match="label"):
        read_packed(tmp_path / "bad.npz")


def test_a_folder_and_a_tar_file_of_the_same_faces_read_alike(tmp_path: Path) -> None:
    for row, emotion in enumerate(EMOTIONS):
        (tmp_path / "faces" / emotion).mkdir(parents=True)
        (tmp_path / "faces" / emotion / f"{row}.jpg").write_bytes(jpeg(row))
    (tmp_path / "faces" / "README.md").write_text("no picture")
    with tarfile.open(tmp_path / "faces.tar", "w") as archive:
        archive.add(tmp_path / "faces", arcname=".")
    columns = "row,neutral,happiness,surprise,sadness,anger,disgust,fear,contempt,unknown,NF"
    (tmp_path / "votes.csv").write_text("\n".join([columns] + [f"{row},9,0,0,0,0,0,0,0,1,0" for row in range(7)]))
    folder = read_sorted(tmp_path / "faces", tmp_path / "votes.csv")
    assert folder.digest() == read_sorted(tmp_path / "faces.tar").digest()
    assert [EMOTIONS[label] for label in folder.labels] == sorted(EMOTIONS)
    assert folder.votes is not None and folder.votes[:, 0].tolist() == [9] * 7


def test_decoding_gives_rgb_bytes_of_the_wanted_side(table: FaceTable) -> None:
    pictures = table.decoded(24)
    assert pictures.shape == (14, 3, 24, 24) and str(pictures.dtype) == "torch.uint8"
    assert (pictures[:, 0] == pictures[:, 2]).all()


def test_votes_become_shares_of_the_seven_and_a_majority() -> None:
    votes = np.zeros((4, 10), np.uint8)
    votes[0, [0, 1, 7]] = 3, 1, 2
    votes[1, [4, 5]] = 5, 5
    votes[2, [7, 6]] = 6, 4
    shares = vote_shares(votes)
    assert shares[0, EMOTIONS.index("neutral")] == 0.75 and shares[0, EMOTIONS.index("happy")] == 0.25
    assert shares[3].sum() == 0
    assert vote_majority(votes).tolist() == [EMOTIONS.index("neutral"), -1, -1, -1]


def test_an_archive_without_emotion_folders_is_refused(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "faces.tar", "w") as archive:
        member = tarfile.TarInfo("somewhere/1.png")
        member.size = 3
        archive.addfile(member, io.BytesIO(b"abc"))
    with pytest.raises(ValueError, match="no pictures"):
        read_sorted(tmp_path / "faces.tar")
