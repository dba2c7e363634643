"""Random texts through every page, feed and file, each time others: python -m tests.soak.texts."""

import argparse
import os
import subprocess
import sys

TESTS = ("tests/web/test_any_text.py", "tests/reports/formats/test_any_text.py", "tests/mail/test_message_bytes.py")


def main() -> int:
    """Run the tests of any text with many of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=500)
    environ = {**os.environ, "ANY_TEXT_EXAMPLES": str(parser.parse_args().texts)}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", "0", *TESTS]
    return subprocess.run(command, env=environ, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
