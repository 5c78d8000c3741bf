import copy
import pickle

from waymark.policy import NOT_KNOWN


def test_not_known_stays_itself_when_copied():
    assert copy.copy(NOT_KNOWN) is NOT_KNOWN
    assert copy.deepcopy({"age": NOT_KNOWN})["age"] is NOT_KNOWN


def test_not_known_stays_itself_when_pickled():
    assert pickle.loads(pickle.dumps(NOT_KNOWN)) is NOT_KNOWN


def test_not_known_reads_as_words_and_counts_as_no_value():
    assert str(NOT_KNOWN) == repr(NOT_KNOWN) == "not known"
    assert not NOT_KNOWN
