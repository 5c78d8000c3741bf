"""The directory as published data: Human Services Data Specification 3 (Open Referral) and its UK profile.

What a file says is kept whole, as it came, beside our own columns. At export our columns are written over it where
they say something else by now; so nothing that we have no column for is lost, and a round trip changes nothing.
"""

from waymark.directory.hsds.checking import problems_of
from waymark.directory.hsds.importing import Report, import_services
from waymark.directory.hsds.reading import Unreadable, read_file
from waymark.directory.hsds.writing import bundle, organisation_document, service_document, service_line

__all__ = [
    "Report",
    "Unreadable",
    "bundle",
    "import_services",
    "organisation_document",
    "problems_of",
    "read_file",
    "service_document",
    "service_line",
]
