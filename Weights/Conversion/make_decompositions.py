"""Writes `CanonicalDecompositions+Table.swift`: what is left of each code point without its accents.

The reference, the `tokenizers` package, decomposes canonically and then drops nonspacing marks, both by an old edition of
Unicode; so it is asked what it makes of each code point that has a decomposition. Syllables of Hangul are left out: they
are computed.
"""

import unicodedata
from pathlib import Path

from tokenizers.normalizers import BertNormalizer

TARGET = Path(__file__).resolve().parents[2] / "Sources/SentenceEmbedding/Tokenizer/CanonicalDecompositions+Table.swift"
HANGUL = range(0xAC00, 0xD7A4)
SURROGATES = range(0xD800, 0xE000)
WIDTH = 111


def entries() -> list[str]:
    """`code=rest` in hexadecimal, code points of the rest joined by `+`."""
    normalizer = BertNormalizer(clean_text=False, handle_chinese_chars=False, strip_accents=True, lowercase=False)
    found = []
    for code in range(0x110000):
        if code in HANGUL or code in SURROGATES or unicodedata.normalize("NFD", chr(code)) == chr(code):
            continue
        rest = normalizer.normalize_str(chr(code))
        if rest != chr(code):
            found.append(f"{code:X}=" + "+".join(f"{ord(character):X}" for character in rest))
    return found


def lines() -> list[str]:
    """The entries, as many a line as fit."""
    packed = [""]
    for entry in entries():
        if len(packed[-1]) + len(entry) + 1 > WIDTH:
            packed.append("")
        packed[-1] += (" " if packed[-1] else "") + entry
    return packed


if __name__ == "__main__":
    body = "\n".join(" " * 8 + line for line in lines())
    TARGET.write_text(
        "// Made by Weights/Conversion/make_decompositions.py.\n\n"
        "extension CanonicalDecompositions {\n"
        "    /// `code=rest` in hexadecimal; nothing is left of an accent alone.\n"
        f'    static let table = """\n{body}\n        """\n'
        "}\n"
    )
