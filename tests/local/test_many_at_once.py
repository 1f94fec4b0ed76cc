"""Many at once: more visitors than the server has threads."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from infrastructure.local.aws.secrets import LocalSecrets
from infrastructure.local.server import THREADS
from tests.local_run import running


def test_a_crowd_of_staff_on_a_cold_start_is_let_in(tmp_path: Path) -> None:
    with running(tmp_path / "data") as run, ThreadPoolExecutor(2 * THREADS) as crowd:
        token = run.call("POST", "/_local/token", {"role": "agent", "name": "Deniz"}).json["token"]

        def who(_: int) -> int:
            return run.call("GET", "/v1/desk/me", Authorization=f"Bearer {token}").status

        assert set(crowd.map(who, range(2 * THREADS))) == {200}


def test_a_crowd_that_asks_for_a_key_at_once_gets_the_same_one(tmp_path: Path) -> None:
    with ThreadPoolExecutor(2 * THREADS) as crowd:
        for purpose in map(str, range(50)):
            keys = LocalSecrets(tmp_path)
            assert len(set(crowd.map(keys.key, [purpose] * 2 * THREADS))) == 1
