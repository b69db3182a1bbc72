"""The model: immutable, to JSON and back, and as its schema says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from endleaf import model
from endleaf.model import Moment
from tests.schemas import text_of

SCHEMA = Path(__file__).resolve().parent.parent / "docs" / "page.schema.json"


def test_the_schema_in_the_docs_is_the_model_s(golden: Callable[[Path, str], None]) -> None:
    golden(SCHEMA, text_of(model.json_schema()))


def test_a_page_cannot_be_changed() -> None:
    page = model.Page(title="A", provenance=model.Provenance(source="a", container="html"))
    with pytest.raises(AttributeError):
        page.title = "B"  # type: ignore[misc]
    assert hash(page) == hash(msgspec.structs.replace(page))


def test_json_that_is_no_page_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError):
        model.from_json(b'{"title": 3}')
    with pytest.raises(msgspec.ValidationError):
        model.from_json(
            b'{"title":"a","provenance":{"source":"a","container":"html"},"sections":[{"blocks":[{"type":"script"}]}]}'
        )


@given(st.datetimes(min_value=datetime(1, 1, 1), timezones=st.just(UTC)), st.sampled_from(sorted(model._DIGITS)))
def test_a_moment_says_no_more_than_it_was_told(when: datetime, precision: model.Precision) -> None:
    moment = Moment.of(when, precision)
    assert Moment.from_iso(moment.iso) == moment
    assert moment.when <= when
    assert moment.agrees(Moment.of(when, "second"))
    assert len(moment.timestamp) == 14


@given(st.text(max_size=40))
def test_no_text_is_too_odd_for_a_moment(text: str) -> None:
    for moment in (Moment.from_iso(text), Moment.from_timestamp(text)):
        assert moment is None or moment.when.year >= 1


@pytest.mark.parametrize(
    "text",
    ["2004-13-01", "2004-06-28T25:00:00Z", "20040628", "2004-06-28T05", "0000-01-01", "2004-06-28T05:06:32+99:99"],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert Moment.from_iso(text) is None
