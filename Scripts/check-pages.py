#!/usr/bin/env python3
"""Makes the pages of measurements anew from Benchmarks/Results and compares them with what lies in Docs, so that no figure there
is another than what was measured. Prints one line a page as `swift test` does, and what differs.
"""

import difflib
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "Benchmarks/Page"))

import make_page  # noqa: E402
import service_page  # noqa: E402


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        kept = {"service": service_page.PAGE, "performance": make_page.PAGE}
        charts = make_page.CHARTS
        service_page.PAGE, make_page.PAGE, make_page.CHARTS = folder / "service", folder / "performance", folder / "charts"
        make(service_page)
        make(make_page)
        pairs = [(path, folder / part) for part, path in kept.items()]
        pairs += [(charts / chart.name, chart) for chart in sorted(make_page.CHARTS.iterdir())]
        faults = sum(not is_as_made(kept, made) for kept, made in pairs)
    print(f"Test run with {len(pairs)} tests in 1 suite {'failed' if faults else 'passed'} after 0 seconds.")
    sys.exit(1 if faults else 0)


def make(page) -> None:
    """Writes a page, unless its figures are those of an older measurement that lacks some; then there is none to compare with."""
    try:
        page.main()
    except KeyError as missing:
        print(f"{page.__name__}: the results have no {missing}: measure anew")


def is_as_made(kept: Path, made: Path) -> bool:
    """Whether the file in Docs is what its figures make."""
    old, new = (path.read_text().splitlines() if path.exists() else [] for path in (kept, made))
    name = kept.relative_to(ROOT)
    if old == new:
        print(f'✔ Test "{name} says what was measured" passed after 0 seconds.')
        return True
    print(f'✘ Test "{name} says what was measured" failed after 0 seconds with 1 issue: make it anew')
    print("\n".join(difflib.unified_diff(old, new, str(name), "made from Benchmarks/Results", lineterm="")))
    return False


if __name__ == "__main__":
    main()
