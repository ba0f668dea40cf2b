"""What a head is trained from: views of photographs and of FER2013 and their activations, kept on disk."""

import io
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from PIL import Image

from .activations import SIDE, Engine, features
from .configuration import replaced
from .data import FaceTable, read_packed, read_sorted
from .gating import GateRecipe
from .heads import HeadRecipe
from .labels import EMOTIONS
from .photographs import FaceCrop, Photograph, cut_out, face, unpack, wide_options
from .views import coarse_view, photograph_view

CHUNK = 300
CLASSES = len(EMOTIONS)
RARE = [EMOTIONS.index(name) for name in ("angry", "disgust", "sad", "surprise")]
DISGUST = EMOTIONS.index("disgust")


@dataclass(frozen=True)
class Collection:
    """How the views of one collection are drawn and what is asked of them."""

    # Its part of the drawings.
    share: float = 0.5
    # Pictures are drawn by the power −`class_power` of the size of their class.
    class_power: float = 0.0
    smoothing: float = 0.0
    # Part of the target that FER+'s votes make up.
    votes: float = 0.0
    # The head is to answer there as for the collection's own shares of the classes to this power: 1 for those shares, 0
    # for equal ones.
    prior_power: float = 1.0
    # Added to the logarithms of those priors, by class.
    prior_shift: tuple[float, ...] = (0.0,) * CLASSES


@dataclass(frozen=True)
class HeadRun:
    """A recipe such as `recipes/heads/v2.toml`."""

    folds: int = 5
    directions: int = 256
    # Views of each photograph of a rare and of a common class, of each picture of FER2013, and of those of disgust.
    rare_views: int = 7
    common_views: int = 3
    coarse_views: int = 2
    disgust_views: int = 4
    # Of each picture of PublicTest; its mirror image is the second.
    selection_views: int = 2
    # So many of FER2013's pictures at most, drawn once; all of them for 0.
    coarse_pictures: int = 0
    # How often a photograph counts whose face was not found.
    assumed_weight: float = 0.5
    photographs: Collection = field(default_factory=lambda: Collection(class_power=0.5, smoothing=0.03, prior_power=0.25))
    fer2013: Collection = field(default_factory=Collection)
    head: HeadRecipe = field(default_factory=HeadRecipe)
    gate: GateRecipe = field(default_factory=GateRecipe)
    version: str = "2"
    # What the weight file says that it learned from.
    training_data: str = ""


def read_head_run(path: Path) -> HeadRun:
    """A recipe from its TOML file."""
    return replaced(HeadRun(), tomllib.loads(path.read_text()), path.name)


@dataclass(frozen=True)
class View:
    """One view of one picture; what it is drawn from depends on nothing else."""

    kind: str
    row: int
    number: int


KINDS = ("photograph", "fer2013", "selection")


class Pictures:
    """Makes views of the photographs' faces, of FER2013's training pictures and of PublicTest."""

    def __init__(self, faces: list[FaceCrop | None], training: FaceTable, selection: FaceTable) -> None:
        self.faces, self.tables = faces, {"fer2013": training, "selection": selection}

    def view(self, view: View) -> Image.Image:
        """What the network is shown: `SIDE`×`SIDE` pixels."""
        draw = np.random.default_rng([KINDS.index(view.kind), view.row, view.number])
        if view.kind == "photograph":
            crop = self.faces[view.row]
            if crop.is_found:
                return photograph_view(crop.image, SIDE, view.number, draw)
            image = crop.image.resize((SIDE, SIDE), Image.Resampling.BILINEAR)
            return image.transpose(Image.Transpose.FLIP_LEFT_RIGHT) if view.number % 2 else image
        picture = Image.open(io.BytesIO(self.tables[view.kind].pictures[view.row])).convert("RGB")
        return coarse_view(picture, SIDE, view.number, draw)


def planned(run: HeadRun, faces: list[FaceCrop | None], labels: np.ndarray, training: FaceTable, selection: FaceTable) -> list[View]:
    """Every view of a run, those that are measured first."""
    views = [View("photograph", row, 0) for row, crop in enumerate(faces) if crop]
    views += [View("selection", row, number) for number in range(run.selection_views) for row in range(len(selection))]
    for row, crop in enumerate(faces):
        count = run.rare_views if labels[row] in RARE else run.common_views
        views += [View("photograph", row, number) for number in range(1, count)] if crop else []
    drawn = np.random.default_rng(3).permutation(len(training))[: run.coarse_pictures or len(training)]
    for row in np.sort(drawn).tolist():
        count = run.disgust_views if training.labels[row] == DISGUST else run.coarse_views
        # Number 1 is the mirror image, which teaches least.
        views += [View("fer2013", row, number if number == 0 else number + 1) for number in range(count)]
    return views


class Store:
    """Activations of views on disk, in files of `CHUNK`; what is there already is not computed again."""

    def __init__(self, folder: Path, engine: Engine, pictures: Pictures) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.engine, self.pictures = folder, engine, pictures

    def fill(self, views: list[View]) -> None:
        """Computes what is missing."""
        for path, chunk in self._chunks(views):
            if not path.exists() and self.engine.store(map(self.pictures.view, chunk), path) != len(chunk):
                path.unlink()
                raise ValueError(f"{path}: the engine lost pictures")

    def features(self, views: list[View]) -> np.ndarray:
        """[N, features] of all views, in their order."""
        return np.concatenate([features(path) for path, _ in self._chunks(views)])

    def _chunks(self, views: list[View]) -> Iterable[tuple[Path, list[View]]]:
        for start in range(0, len(views), CHUNK):
            yield self.folder / f"{start:06}.f16", views[start : start + CHUNK]


@dataclass(frozen=True)
class Material:
    """Everything that heads learn from and are measured on."""

    photographs: list[Photograph]
    faces: list[FaceCrop | None]
    training: FaceTable
    selection: FaceTable
    views: list[View]
    features: np.ndarray

    def rows(self, kind: str) -> np.ndarray:
        """The numbers of the views of one kind."""
        return np.array([index for index, view in enumerate(self.views) if view.kind == kind])

    def of(self, kind: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Features of the views of one kind, the pictures they are of, and their own numbers."""
        rows = self.rows(kind)
        pictures = np.array([self.views[row].row for row in rows])
        return self.features[rows], pictures, np.array([self.views[row].number for row in rows])


def gathered(run: HeadRun, data: Path, emotion: Path, engine: Engine, folder: Path) -> Material:
    """Photographs cut out by the built command, and the activations of every view, computed or found in `folder`."""
    photographs = unpack(data / "webphotos/train.tar", folder / "photographs")
    answers = cut_out(emotion, photographs, folder / "crops", wide_options())
    faces = [None if answer is None else face(photograph, answer) for photograph, answer in zip(photographs, answers)]
    training = read_packed(data / "fer2013/train.npz")
    selection = read_sorted(data / "fer2013/public_test.tar", data / "fer2013/public_test.csv")
    labels = np.array([photograph.label for photograph in photographs])
    views = planned(run, faces, labels, training, selection)
    store = Store(folder / "activations", engine, Pictures(faces, training, selection))
    store.fill(views)
    return Material(photographs, faces, training, selection, views, store.features(views))
