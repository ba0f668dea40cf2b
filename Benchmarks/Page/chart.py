"""Horizontal bar charts as SVG text, on a white ground so that dark pages show them too."""

from dataclasses import dataclass
from html import escape

WIDTH, BAR, GAP, LABELS, VALUES = 760, 20, 8, 250, 110
OURS, OTHERS = "#2a78d6", "#9aa3ad"
FONT = 'font-family="system-ui, sans-serif" font-size="13"'


@dataclass(frozen=True)
class Bar:
    label: str
    value: float
    is_ours: bool


def bars(title: str, unit: str, entries: list[Bar]) -> str:
    """One bar an entry from zero, with its value behind it."""
    top = 34
    height = top + len(entries) * (BAR + GAP) + GAP
    largest = max(entry.value for entry in entries)
    scale = (WIDTH - LABELS - VALUES) / largest
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'role="img" aria-label="{escape(title)}">',
        f'<rect width="{WIDTH}" height="{height}" rx="6" fill="#ffffff"/>',
        f'<text x="12" y="22" {FONT} font-weight="600" fill="#1c2430">{escape(title)}</text>',
    ]
    for index, entry in enumerate(entries):
        y = top + index * (BAR + GAP)
        middle = y + BAR * 0.72
        lines += [
            f'<text x="{LABELS - 10}" y="{middle:.1f}" {FONT} text-anchor="end" fill="#1c2430">{escape(entry.label)}</text>',
            f'<rect x="{LABELS}" y="{y}" width="{max(entry.value * scale, 1):.1f}" height="{BAR}" rx="3" '
            f'fill="{OURS if entry.is_ours else OTHERS}"/>',
            f'<text x="{LABELS + entry.value * scale + 6:.1f}" y="{middle:.1f}" {FONT} fill="#1c2430">'
            f"{number(entry.value)} {escape(unit)}</text>",
        ]
    return "\n".join(lines + ["</svg>"]) + "\n"


def number(value: float) -> str:
    """Three figures that matter."""
    if value == 0:
        return "0"
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
