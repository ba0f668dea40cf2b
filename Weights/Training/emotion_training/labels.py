"""The seven expressions, and what the votes of FER+ say about them."""

import numpy as np

EMOTIONS = ("angry", "disgust", "fear", "happy", "sad", "surprise", "neutral")
VOTES = (
    "neutral", "happiness", "surprise", "sadness", "anger", "disgust", "fear", "contempt", "unknown", "not_a_face",
)
NOT_A_FACE = VOTES.index("not_a_face")
# The column of FER+ for each of the seven, in FER2013's order.
SEVEN = tuple(VOTES.index(name) for name in ("anger", "disgust", "fear", "happiness", "sadness", "surprise", "neutral"))


def vote_shares(votes: np.ndarray) -> np.ndarray:
    """Votes [N, 10] → shares of the seven [N, 7]; a row of zeros where none of the seven has a vote."""
    seven = votes[:, SEVEN].astype(np.float32)
    return seven / np.maximum(seven.sum(axis=1, keepdims=True), 1)


def vote_majority(votes: np.ndarray) -> np.ndarray:
    """The one of the seven with the most votes, [N]; −1 where two lead, or where contempt, unknown or no face do."""
    seven = votes[:, SEVEN].astype(np.int64)
    lead = seven.max(axis=1)
    alone = (seven == lead[:, None]).sum(axis=1) == 1
    others = np.delete(votes, SEVEN, axis=1).max(axis=1)
    return np.where(alone & (lead > others), seven.argmax(axis=1), -1)
