"""A table changes where it should and nowhere else."""

import pytest

from vedette.case.schema import Source
from vedette.case.writing.table_text import table_text

ODD = '\ufeffid, title ,date\r\n# a,note,\r\n"x","Two\r\nlines",2014\r\n\r\ny,"a ""b""",2015'


def test_what_is_not_changed_stays_as_it_is_written() -> None:
    table = table_text(ODD.encode(), Source)
    assert table.content() == ODD.encode()
    assert list(table.rows()) == [
        (3, {"id": "x", "title": "Two\r\nlines", "date": "2014"}),
        (5, {"id": "y", "title": 'a "b"', "date": "2015"}),
    ]
    assert table.changed(5, {"date": "2016"}).content() == ODD.replace("2015", "2016").encode()
    assert table.without([3]).content() == ODD.replace('"x","Two\r\nlines",2014\r\n', "").encode()


def test_a_row_at_the_end_begins_on_a_line_of_its_own() -> None:
    longer = table_text(ODD.encode(), Source).longer([{"id": "z", "title": "Z, z"}])
    assert longer.content() == (ODD + '\r\nz,"Z, z",\r\n').encode()


def test_a_column_that_the_file_lacks_is_added_empty() -> None:
    table = table_text(ODD.encode(), Source).changed(5, {"url": "https://x.org"})
    assert table.content().decode() == (
        "\ufeffid, title ,date,url\r\n# a,note,\r\n"
        'x,"Two\r\nlines",2014,\r\n\r\ny,"a ""b""",2015,https://x.org'
    )


@pytest.mark.parametrize("text", ["id,title,,\na,A,,\n", "id,title\na,A,,\n"])
def test_empty_columns_at_the_end_are_no_columns(text: str) -> None:
    table = table_text(text.encode(), Source)
    assert table.changed(2, {"title": "B"}).content().decode().splitlines()[1] == "a,B"
    assert table.changed(2, {"date": "2014"}).content() == b"id,title,date\na,A,2014\n"


def test_a_table_that_is_not_there_has_a_header_of_all_columns() -> None:
    made = table_text(None, Source).longer([{"id": "a", "title": "A"}]).content().decode()
    assert made == "id,title,publisher,date,url,reliability,handling,protected\na,A,,,,,,\n"
