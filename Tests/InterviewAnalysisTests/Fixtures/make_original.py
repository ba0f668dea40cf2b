"""Writes original.json: what the functions printed in the description of the original system return.

The functions stand here as on the page (sections 5, 8 and 9), with two additions: `positive_sum`, which the page uses
without defining, is neutral + happy, and `total` adds from left to right, as `sum` did before Python 3.12.
Standard library only; run `python3 make_original.py` beside original.json.
"""
import json
import random
from collections import deque
from functools import reduce

EMOTIONS = ["angry", "disgust", "fear", "happy", "sad", "surprise", "neutral"]
confidence_weights = {
    "happy": 0.85, "neutral": 0.75, "surprise": 0.50, "sad": -0.60, "fear": -0.70, "angry": -0.50, "disgust": -0.40,
}


def total(values):
    return reduce(lambda a, b: a + b, values, 0.0)


def resting_face_corrected(emotions):
    angry_prob, neutral_prob, happy_prob = emotions["angry"], emotions["neutral"], emotions["happy"]
    positive_sum = neutral_prob + happy_prob
    corrected_emotions = dict(emotions)
    if angry_prob > 0.35 and angry_prob < 0.70 and positive_sum > 0.15:
        correction_factor = min(0.6, positive_sum)
        angry_transfer = angry_prob * correction_factor
        corrected_emotions["neutral"] = neutral_prob + angry_transfer * 0.8
        corrected_emotions["happy"] = happy_prob + angry_transfer * 0.2
        corrected_emotions["angry"] = angry_prob * (1 - correction_factor)
    return corrected_emotions


def calculate_interview_confidence(emotions):
    emotions_dict = dict(emotions)
    if emotions_dict["surprise"] > 0.4 and emotions_dict["happy"] > 0.15:
        surprise_transfer = min(0.35, emotions_dict["surprise"] * 0.5)
        emotions_dict["happy"] += surprise_transfer
        emotions_dict["surprise"] -= surprise_transfer
    emotions_dict = resting_face_corrected(emotions_dict)
    confidence_score = 0.0
    for emotion, probability in emotions_dict.items():
        confidence_score += probability * confidence_weights.get(emotion, 0)
    normalized_score = (confidence_score + 0.7) / 1.55
    return max(0.0, min(1.0, normalized_score))


def fuse_emotions(facial_result, voice_result):
    fused = {}
    if facial_result:
        for emotion, prob in facial_result.items():
            fused[emotion] = fused.get(emotion, 0) + prob * 0.5
    if voice_result:
        for emotion, prob in voice_result.items():
            fused[emotion] = fused.get(emotion, 0) + prob * 0.5
    whole = total(fused.values())
    if whole > 0:
        fused = {k: v / whole for k, v in fused.items()}
    return fused


def calculate_confidence_score(facial_score, voice_score, text_score):
    scores, weights = [], []
    for score, weight in ((facial_score, 0.50), (voice_score, 0.40), (text_score, 0.10)):
        if score is not None:
            scores.append(score)
            weights.append(weight)
    weighted_score = total(s * w for s, w in zip(scores, weights)) / total(weights)
    return round(weighted_score, 1)


def stress_spikes(confidences):
    recent, spikes = deque(maxlen=15), []
    for timestamp, current in enumerate(confidences):
        if len(recent) >= 3:
            recent_avg = total(list(recent)[-3:]) / 3
            if current < recent_avg - 0.15:
                spikes.append([timestamp, recent_avg - current])
        recent.append(current)
    return spikes


def probabilities(generator):
    """Three kinds: spread out, one strong, and the two misreadings that corrections are for."""
    kind = generator.randrange(4)
    weights = [generator.expovariate(1) for _ in EMOTIONS]
    if kind == 1:
        weights[generator.randrange(7)] += 8
    if kind == 2:
        weights[5] += 5
        weights[3] += 2.5
    if kind == 3:
        weights[0] += 5
        weights[6] += 3
    whole = total(weights)
    return {name: weight / whole for name, weight in zip(EMOTIONS, weights)}


def main():
    generator = random.Random(20)
    faces = [probabilities(generator) for _ in range(300)]
    voices = [probabilities(generator) for _ in range(60)]
    fusions = [(f, v) for f, v in zip(faces, voices)] + [(faces[0], None), (None, voices[0])]
    points = []
    for index in range(200):
        three = [generator.choice([None, generator.uniform(0, 100), generator.randrange(0, 1001) / 10]) for _ in "fvt"]
        if any(score is not None for score in three):
            points.append({"facial": three[0], "voice": three[1], "text": three[2],
                           "score": calculate_confidence_score(*three)})
    walk = [0.6]
    for _ in range(199):
        walk.append(min(1, max(0, walk[-1] + generator.gauss(0, 0.12))))
    roundings = [k / 20 for k in range(-400, 2001)] + [generator.uniform(-200, 200) for _ in range(500)]
    cuts = [[n, int(0.2 * n), int(0.8 * n)] for n in range(0, 120)]
    json.dump({
        "confidence": [{"emotions": f, "score": calculate_interview_confidence(f)} for f in faces],
        "fusion": [{"facial": f, "voice": v, "fused": fuse_emotions(f, v)} for f, v in fusions],
        "points": points,
        "spikes": {"confidence": walk, "spikes": stress_spikes(walk)},
        "rounding": [[value, round(value, 1)] for value in roundings],
        "segments": cuts,
    }, open("original.json", "w"), separators=(",", ":"))


main()
