"""The published standards, and what the tests of the directory share."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from jsonschema import Draft202012Validator, FormatChecker

from tests.factories import TODAY
from waymark.directory.catalogue import Catalogue, catalogue

STANDARDS = Path(settings.ROOT).parent / "shared" / "standards"


@pytest.fixture(scope="session")
def standards() -> Path:
    """The folder of the published schemas and examples."""
    if not STANDARDS.is_dir():
        pytest.skip(
            f"the published schemas are not in {STANDARDS.parent.name}/{STANDARDS.name} beside the project"
        )
    return STANDARDS


@pytest.fixture(scope="session")
def example(standards):
    """An example as published: example("hsds-3", "service_full")."""

    def read(standard: str, name: str):
        path = standards / standard / "examples" / f"{name}.json"
        return json.loads(path.read_text(encoding="utf-8"))

    return read


@pytest.fixture(scope="session")
def schema(standards):
    """What is wrong with a document by a published schema: schema("hsds-3", "service_list")(document)."""

    def read(standard: str, name: str):
        text = (standards / standard / f"{name}.json").read_text(encoding="utf-8")
        validator = Draft202012Validator(json.loads(text), format_checker=FormatChecker())

        def wrong(document) -> list[str]:
            return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(document)]

        return wrong

    return read


@pytest.fixture
def codes(pack) -> Catalogue:
    return catalogue(TODAY)
