"""The smoke test notices what a person would, in an installation that answers over HTTP."""

import pytest

from infrastructure.cli.smoke import Answer, Ask, asking, has_no_local_routes, main, smoke
from tests.local_run import LocalRun


def test_a_local_run_is_in_order_but_for_its_local_routes(local_run: LocalRun) -> None:
    found = smoke(asking(local_run.url), "demo")
    assert [sentence for sentence, holds in found if not holds] == [has_no_local_routes.__doc__]


def test_a_local_run_is_told_that_it_is_one(
    local_run: LocalRun, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["smoke", local_run.url])
    with pytest.raises(SystemExit, match="1"):
        main()
    assert f"{local_run.url} is a local run" in capsys.readouterr().out


def test_a_site_that_is_not_there_is_noticed(local_run: LocalRun) -> None:
    sentence, holds = smoke(asking(local_run.url), "no-such-site")[-1]
    assert "form" in sentence
    assert not holds


def answering(status: int, content_type: str) -> Ask:
    """An installation that answers everything alike."""
    body = {"type": "about:blank", "title": "The same as ever", "status": status, "categories": []}
    return lambda _path, _body=None: Answer(status, {"content-type": content_type}, body)


@pytest.mark.parametrize("status", [200, 401, 404, 422, 500])
@pytest.mark.parametrize("content_type", ["application/problem+json", "text/html"])
def test_an_installation_that_answers_everything_alike_does_not_pass(status: int, content_type: str) -> None:
    assert not all(holds for _, holds in smoke(answering(status, content_type), "demo"))
