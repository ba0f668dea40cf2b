"""The tables of the page as Markdown."""

from chart import number


def rows(header: list[str], body: list[list[str]]) -> str:
    return "\n".join("| " + " | ".join(row) + " |" for row in [header, ["---"] * len(header), *body])


def targets(wanted: list[dict], peers: dict, is_busy: bool) -> str:
    """What was wanted and what was measured; on a busy machine times on the clock prove nothing either way."""
    ratios, others = peers["ratios"], peers["other_ratios"]

    def line(target: dict) -> list[str]:
        value = ratios.get(target["name"])
        limit = f"≤ {target['most']}" if "most" in target else f"≥ {target['least']}"
        if value is None:
            return [f"`{target['name']}`", target["what"], limit, "not measured", "", ""]
        met = value <= target["most"] if "most" in target else value >= target["least"]
        processor = others.get(target["name"], {}).get("processor_median")
        depends_on_clock = target["name"] in others or target["name"].endswith("seconds")
        verdict = "machine busy" if is_busy and depends_on_clock else "yes" if met else "**no**"
        return [
            f"`{target['name']}`", target["what"], limit, number(value), number(processor) if processor else "",
            verdict,
        ]

    return rows(
        ["figure", "what", "target", "measured", "from processor time", "met"], [line(target) for target in wanted]
    )


def contests(results: list[dict]) -> str:
    return rows(
        ["contest", "who", "threads", "median ms", "lower quartile", "fastest", "slowest tenth from", "processor ms"],
        [
            [
                result["contest"], result["name"], str(result["threads"]), number(result["median"]),
                number(result["lower_quartile"]), number(result["minimum"]), number(result["last_decile"]),
                number(result["processor_median"]),
            ]
            for result in results
        ],
    )


def other_ratios(ratios: dict[str, float], others: dict[str, dict[str, float]]) -> str:
    return rows(
        ["figure", "medians", "lower quartiles", "fastest runs", "processor time"],
        [
            [f"`{name}`", number(ratios[name])]
            + [
                number(values[field]) if field in values else ""
                for field in ("lower_quartile", "minimum", "processor_median")
            ]
            for name, values in others.items()
        ],
    )


def pictures(results: list[dict]) -> str:
    """Times and memory of whole pictures, those with a face beside those without."""
    with_face = {one["megapixels"]: one for one in results if one["face"]}
    body = []
    for one in results:
        if one["face"]:
            continue
        face = with_face[one["megapixels"]]
        body.append(
            [one["megapixels"], f"{one['size'][0]}×{one['size'][1]}"]
            + [number(value) for value in (face["processor"], one["processor"], one["processor"] / face["processor"])]
            + [f"{value:.0f}" for value in (face["megabytes"], one["megabytes"])]
        )
    header = ["megapixels", "size", "face: processor s", "none: processor s", "ratio", "face: peak MB", "none: peak MB"]
    return rows(header, body)


def group(reports: dict[int, dict], name: str) -> str:
    """The measurements of a group, with the median on each number of threads beside one another."""
    threads = sorted(reports)
    by_name = {count: {one["name"]: one for one in reports[count]["measurements"]} for count in threads}
    body = []
    for one in reports[threads[0]]["measurements"]:
        if one["group"] != name:
            continue
        others = [by_name[count].get(one["name"]) for count in threads]
        processor, speed, share = one.get("processorMilliseconds"), one.get("gigaflops"), one.get("peakShare")
        body.append(
            [f"`{one['name']}`", one["detail"], str(one["occurrences"])]
            + [number(other["medianMilliseconds"]) if other else "" for other in others]
            + [number(value) if value else "" for value in (processor, speed)]
            + [f"{share:.0%}" if share else ""]
        )
    if not body:
        return ""
    header = ["what", "shape", "×"] + [f"{count} thread{'s' if count > 1 else ''}, ms" for count in threads]
    return rows(header + ["processor ms", "GFLOP/s", "of peak"], body)
