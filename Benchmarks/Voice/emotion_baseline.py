"""What eGeMAPS and a support-vector machine make of the voice model's data, on the same speakers kept aside.

    pip install opensmile==2.6.0 scikit-learn==1.9.1 soundfile==0.14.0
    python emotion_baseline.py TRAIN.TAR FEATURES.NPZ [--folds 7]

openSMILE is free for research and private use; nothing of it is part of the project. FEATURES.NPZ is made first, and gone on
with where it was stopped. Prints one JSON object a run, the runs of `Weights/Training/voice_training`.
"""

import argparse
import io
import json
import sys
import tarfile
from pathlib import Path

import numpy as np

sys.path.append(str(Path(__file__).resolve().parents[2] / "Weights" / "Training"))
from voice_training.data import EMOTIONS, Clip, fold_names, split  # noqa: E402


def features(archive: Path, stored: Path) -> tuple[list[Clip], np.ndarray]:
    """The clips and their 88 functionals."""
    import opensmile
    import soundfile

    smile = opensmile.Smile(opensmile.FeatureSet.eGeMAPSv02, opensmile.FeatureLevel.Functionals)
    known: dict[str, np.ndarray] = {}
    if stored.exists():
        with np.load(stored) as file:
            known = dict(zip(file["name"].tolist(), file["values"], strict=True))
    clips = []
    with tarfile.open(archive) as tar:
        for member in sorted((m for m in tar if m.name.endswith(".ogg")), key=lambda m: m.name):
            corpus, speaker, name = member.name.removeprefix("./").split("/")
            label = EMOTIONS.index(name.split("_")[0].replace("calm", "neutral"))
            clips.append(Clip(corpus, f"{corpus}/{speaker}", label, member.name, np.empty(0)))
            if member.name not in known:
                samples, rate = soundfile.read(io.BytesIO(tar.extractfile(member).read()), dtype="float32")
                known[member.name] = smile.process_signal(samples, rate).to_numpy()[0]
                if len(known) % 500 == 0:
                    np.savez(stored, name=list(known), values=list(known.values()))
    np.savez(stored, name=list(known), values=list(known.values()))
    return clips, np.array([known[clip.name] for clip in clips])


def main() -> None:
    """Trains and tests each run, with nothing known of the speakers and with each speaker's features standardised."""
    from sklearn.preprocessing import StandardScaler

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("archive", type=Path)
    parser.add_argument("features", type=Path)
    parser.add_argument("--folds", type=int, default=3)
    arguments = parser.parse_args()
    clips, values = features(arguments.archive, arguments.features)
    speakers = np.array([clip.speaker for clip in clips])
    known = np.empty_like(values)
    for speaker in set(speakers.tolist()):
        rows = speakers == speaker
        known[rows] = StandardScaler().fit_transform(values[rows])
    for name, matrix in (("alone", values), ("known", known)):
        for line in compared(clips, matrix, arguments.folds):
            print(json.dumps({"speaker": name} | line))


def compared(clips: list[Clip], values: np.ndarray, folds: int) -> list[dict[str, object]]:
    """The figures of every run: the folds together by corpus, and each corpus tested by the other's machine."""
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler
    from sklearn.svm import SVC

    place = {clip.name: index for index, clip in enumerate(clips)}
    labels = np.array([clip.label for clip in clips])
    chosen = np.full(len(clips), -1)
    lines: list[dict[str, object]] = []
    for run in (*fold_names(folds), "ravdess", "nemo"):
        train, test = ([place[clip.name] for clip in part] for part in split(clips, run))
        # Each corpus and emotion counts as much, as in the network's batches.
        groups = [(clips[i].corpus, clips[i].label) for i in train]
        counts = {group: groups.count(group) for group in set(groups)}
        corpora = {corpus: sum(1 for c, _ in counts if c == corpus) for corpus, _ in counts}
        weights = np.array([1 / (counts[g] * corpora[g[0]]) for g in groups])
        machine = make_pipeline(StandardScaler(), SVC(C=3.0, gamma="scale"))
        machine.fit(values[train], labels[train], svc__sample_weight=weights / weights.mean())
        answers = machine.predict(values[test])
        if run.startswith("fold"):
            chosen[test] = answers
        else:
            lines.append({"trained on": run} | figures(answers, labels[test]))
    for corpus in ("ravdess", "nemo"):
        rows = np.array([clip.corpus == corpus for clip in clips])
        lines.append({"corpus": corpus} | figures(chosen[rows], labels[rows]))
    return lines


def figures(answers: np.ndarray, labels: np.ndarray) -> dict[str, float]:
    """Accuracy and mean recall over the emotions that occur."""
    recalls = [float((answers[labels == label] == label).mean()) for label in sorted(set(labels.tolist()))]
    return {"clips": len(labels), "accuracy": round(float((answers == labels).mean()), 4),
            "mean_recall": round(float(np.mean(recalls)), 4)}  # fmt: skip


if __name__ == "__main__":
    main()
