"""The descriptions of AWS in the layer are cut to what is called, and whole as far as that goes."""

import pytest
from botocore.loaders import Loader
from botocore.utils import EVENT_ALIASES

from infrastructure.package.aws_operations import all_operations
from infrastructure.package.botocore_models import cut
from tests.guards.package.built_package import Built

OPERATIONS = all_operations()


def test_what_an_operation_names_stays_and_the_rest_goes() -> None:
    model = {
        "metadata": {"protocol": "json"},
        "operations": {
            "Ask": {"input": {"shape": "Question"}, "errors": [{"shape": "Silence"}]},
            "Shout": {"input": {"shape": "Noise"}},
        },
        "shapes": {
            "Noise": {"type": "string"},
            "Question": {"type": "structure", "members": {"shape": {"shape": "Words"}}},
            "Silence": {"type": "structure", "members": {}, "exception": True},
            "Words": {"type": "list", "member": {"shape": "Words"}},
        },
    }
    left = cut(model, ["Ask"])
    assert left["metadata"] == model["metadata"]
    assert set(left["operations"]) == {"Ask"}
    assert set(left["shapes"]) == {"Question", "Silence", "Words"}


def test_every_operation_that_is_kept_is_whole(built: Built) -> None:
    program = f"""
import botocore.session
session, seen = botocore.session.get_session(), set()
def look(shape):
    if shape is not None and shape.name not in seen:
        seen.add(shape.name)
        for part in (*getattr(shape, "members", dict()).values(), *(
            getattr(shape, name) for name in ("member", "key", "value") if hasattr(shape, name)
        )):
            look(part)
for service, operations in {dict(OPERATIONS)!r}.items():
    model = session.get_service_model(service)
    assert set(model.operation_names) == set(operations)
    for operation in map(model.operation_model, operations):
        for shape in (operation.input_shape, operation.output_shape, *operation.error_shapes):
            look(shape)
print(len(seen))
"""
    assert built.run(program) > 0


@pytest.mark.parametrize("service", OPERATIONS)
def test_only_operations_and_shapes_are_cut(built: Built, service: str) -> None:
    """botocore reads what looks like words for people, too: `documentation` in `clientContextParams`."""
    layer = Loader(
        extra_search_paths=[str(built.folder / "opt/python/botocore/data")],
        include_default_search_paths=False,
    )
    for kind in ("service-2", "endpoint-rule-set-1"):
        left, whole = (loader.load_service_model(service, kind) for loader in (layer, Loader()))
        for part in ("operations", "shapes") if kind == "service-2" else ():
            stored, known = left.pop(part), whole.pop(part)
            assert stored == {name: known[name] for name in stored}
        assert left == whole


def test_the_older_names_of_events_of_our_services_stay(built: Built) -> None:
    """A handler that is registered under an older name is still called; those of others never are."""
    program = """
from botocore.utils import EVENT_ALIASES
print(json.dumps(EVENT_ALIASES))
"""
    assert "monitoring" in EVENT_ALIASES
    ours = {old: new for old, new in EVENT_ALIASES.items() if new in all_operations()}
    assert built.run(program) == ours
