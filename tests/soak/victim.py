"""Schedulers to be killed: the real timetable, with seconds where an installation waits for minutes.

Everything is imported once; for each line on standard input a process of its own is forked, and its number printed.
"""

import os
import signal
import sys
from dataclasses import replace
from datetime import timedelta

from tracker import clock, create_app
from tracker.cli.scheduler import run_timetable
from tracker.jobs.timetable import JOBS
from tracker.mail.delivery_times import Durations

HASTY = Durations(
    ambiguous=timedelta(seconds=0.5),
    ambiguous_most=1000,
    retries=(timedelta(seconds=0.5),),
    breaker=(timedelta(seconds=0.5),),
    after_dot=timedelta(seconds=20),
)


def live() -> None:
    """Run the timetable until killed or told to stop."""
    app = create_app(os.environ)
    with app.extensions["sessions"].writing() as session:
        clock.begin(session, app.extensions["config"].clock)
    run_timetable(app, HASTY, [replace(job, every=job.every / 10) for job in JOBS])


def main() -> None:
    """Bear a process for each line that is read."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead leave nothing behind
    for _ in sys.stdin:
        number = os.fork()
        if number == 0:
            live()
            os._exit(0)
        print(number, flush=True)


if __name__ == "__main__":
    main()
