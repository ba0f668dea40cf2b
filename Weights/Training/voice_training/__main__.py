"""`python -m voice_training COMMAND`: features, distil, heads, report, export."""

import argparse
import json
from pathlib import Path

RUNS = "fold0 fold1 fold2 all ravdess nemo, or of another number of folds fold0of7 and so on"


def main() -> None:
    """Runs one command."""
    parser = argparse.ArgumentParser(prog="voice_training", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("features", help="log-mel features of every clip, once")
    command.add_argument("archive", type=Path, help="train.tar of ravdess/ and nemo/")
    command.add_argument("folder", type=Path)
    command = commands.add_parser("distil", help="encoders, one after another; each goes on where it was stopped")
    command.add_argument("features", type=Path)
    command.add_argument("wheels", type=Path, help="the folder with the two wheels of Whisper base")
    command.add_argument("out", type=Path)
    command.add_argument("runs", nargs="+", help=RUNS)
    command.add_argument("--epochs", type=int, help="of each of the two rounds")
    command.add_argument("--threads", type=int, default=1)
    command = commands.add_parser("heads", help="the heads of runs, and what they answer")
    command.add_argument("features", type=Path)
    command.add_argument("out", type=Path)
    command.add_argument("runs", nargs="+", help=RUNS)
    command.add_argument("--encoder", help="the run whose encoder hears, instead of each run's own")
    command = commands.add_parser("report", help="figures of the folds and of the corpora apart, as JSON")
    command.add_argument("out", type=Path)
    command.add_argument("--folds", type=int, default=3)
    command = commands.add_parser("export", help="the weight file of a run, calibrated on the folds")
    command.add_argument("out", type=Path)
    command.add_argument("file", type=Path)
    command.add_argument("--run", default="all")
    command.add_argument("--version", default="1")
    arguments = parser.parse_args()
    if arguments.command == "features":
        from .features import prepare

        prepare(arguments.archive, arguments.folder)
    elif arguments.command == "distil":
        from .runs import distil_runs

        distil_runs(
            arguments.features, arguments.wheels, arguments.out, arguments.runs, arguments.epochs, arguments.threads
        )
    elif arguments.command == "heads":
        from .runs import head_runs

        head_runs(arguments.features, arguments.out, arguments.runs, arguments.encoder)
    elif arguments.command == "report":
        from .report import report

        print(json.dumps(report(arguments.out, arguments.folds), indent=1))
    else:
        from .runs import export_run

        export_run(arguments.out, arguments.run, arguments.file, arguments.version)


if __name__ == "__main__":
    main()
