"""What differs between two versions of a pack is said row by row and cell by cell."""

import io
import zipfile

import pytest

from tests.conftest import pack_of
from tests.publishing.conftest import TWO, changed
from waymark.kernel.refusal import Refused
from waymark.programme.differences import differences
from waymark.programme.uploading import pack_from_zip

BEFORE = "jobcentre-plus-2002"


def test_the_same_pack_differs_in_nothing():
    assert differences(pack_of(BEFORE), pack_of(BEFORE)).count == 0


def test_a_changed_value_is_named_with_both_values_and_its_day():
    pack_of(BEFORE)
    (one,) = differences(pack_of(BEFORE), changed(TWO)).settings
    assert (one.key, one.before, one.after) == ("regime.mandatory_interviews", "1 interview", "2 interviews")
    assert one.holds_from.isoformat() == "2002-04-22"


def test_a_changed_row_names_the_cells_that_are_otherwise():
    after = changed(("comes before every other reason", "comes first"), path="tables/first-contact.csv")
    (table,) = differences(pack_of(BEFORE), after).tables
    (row,) = table.rows
    assert (table.name, row.id, row.how, [cell.name for cell in row.cells]) == (
        "first-contact",
        "R019",
        "changed",
        ["because"],
    )


def test_a_reason_that_was_added_is_named():
    text = "did_not_come,The customer did not come"
    line = "a_new_one,Something new,us,,no,new_date,2002-04-22,,local,\n"
    after = changed((text, f"{line}{text}"), path="reasons/appointment_cancelled.csv")
    (reasons,) = differences(pack_of(BEFORE), after).reasons
    assert [(row.id, row.how) for row in reasons.rows] == [("a_new_one", "added")]


def zipped(**files: str) -> bytes:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return body.getvalue()


def test_a_zipped_folder_reads_like_the_folder():
    files = {f"jobcentre-plus-2002/{path}": text for path, text in pack_of(BEFORE).files.items()}
    assert pack_from_zip(zipped(**files)).digest == pack_of(BEFORE).digest


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"no zip at all", "no_zip"),
        (zipped(**{"letters/a.toml": "title = 1"}), "no_programme"),
        (zipped(**{"programme.toml": "slug ="}), "not_readable"),
        (zipped(**{"programme.toml": "title = 'x'"}), "no_slug"),
    ],
)
def test_a_file_that_is_no_programme_is_refused_with_what_would_be_right(data, code):
    with pytest.raises(Refused) as refused:
        pack_from_zip(data)
    assert refused.value.code == code
    assert refused.value.cure
