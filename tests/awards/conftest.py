"""What the tests of money share: the programme that pays all of it, loaded beside the first one."""

import pytest

from tests import factories
from tests.conftest import pack_of
from waymark.programme.pack import Pack
from waymark.programme.verbs import load_pack


@pytest.fixture
def paying(pack) -> Pack:
    """The programme for existing customers: it pays every kind there is."""
    load_pack(pack_of("pathways-existing-2005"), now=factories.NOW)
    return pack_of("pathways-existing-2005")
