"""The commands: a changed pack is not loaded by the way, is proposed by a person, and says whom it touches."""

import json
import shutil

import pytest
from click.testing import CliRunner
from django.conf import settings as current

from tests.publishing.conftest import TWO
from waymark.cli.commands import waymark
from waymark.programme.queries import newest, proposals

pytestmark = pytest.mark.django_db
SLUG = "jobcentre-plus-2002"


@pytest.fixture
def folder(tmp_path, settings):
    """A folder of programmes with one changed pack in it."""
    shutil.copytree(current.PROGRAMMES / SLUG, tmp_path / SLUG)
    main = tmp_path / SLUG / "programme.toml"
    main.write_text(main.read_text().replace(*TWO, 1))
    settings.PROGRAMMES = tmp_path
    return tmp_path / SLUG


def run(*words):
    return CliRunner().invoke(waymark, ["programme", *map(str, words)])


def held():
    return next(version for version in newest() if version.slug == SLUG)


def test_a_changed_pack_is_not_loaded_by_the_way(place, folder):
    before = held()
    result = run("load")
    assert result.exit_code == 3
    assert "changed, not loaded" in result.output
    assert held() == before


def test_an_upgrade_loads_it(place, folder):
    before = held()
    assert run("load", "--publish-as-installed").exit_code == 0
    assert held() != before


def test_a_policy_owner_proposes_it_and_it_says_whom_it_touches(place, folder, proposer):
    place.claim()
    assert run("propose", folder, "--by", place.manager.person.email, "--why", "To try.").exit_code == 2
    assert run("propose", folder, "--by", proposer.person.email, "--why", "To try.").exit_code == 0
    assert proposals().get().slug == SLUG
    result = CliRunner().invoke(waymark, ["programme", "touched", "--proposal", SLUG, "--json"])
    found = json.loads(result.stdout.strip().splitlines()[-1])
    assert (found["claims"], found["touched"]) == (1, 1)
    assert found["offices"][0]["name"] == place.office.name


def test_a_folder_is_compared_without_proposing_it(place, folder):
    place.claim()
    result = run("touched", folder)
    assert "1 of 1 live claims are touched." in result.output
    assert not proposals().exists()


def test_a_folder_or_a_proposal_must_be_named(place):
    assert run("touched").exit_code == 2
