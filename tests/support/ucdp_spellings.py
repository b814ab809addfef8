"""Event files of real countries with UCDP's own spellings of provinces and made-up events."""

from collections.abc import Iterator, Sequence
from itertools import cycle, islice, product

from support.event_files import ged

Province = tuple[str, float, float]
"""UCDP's name of a province, and the latitude and longitude of a town in it."""

MALI: Sequence[Province] = (
    ("Gao region", 16.27, -0.04),
    ("Kidal region", 18.44, 1.41),
    ("Mopti region", 14.49, -4.19),
    ("Tombouctou region", 16.77, -3.01),
    ("Ségou region", 13.44, -6.26),
    ("Sikasso region", 11.32, -5.67),
    ("Koulikoro region", 12.87, -7.56),
    ("Kayes region", 14.45, -11.44),
    ("Bamako district", 12.64, -8.0),
)
BURKINA_FASO: Sequence[Province] = (
    ("Sahel region", 14.03, -0.03),
    ("Est region", 12.06, 0.36),
    ("Nord region", 13.58, -2.42),
    ("Centre Nord region", 13.09, -1.08),
    ("Boucle du Mouhoun region", 12.46, -3.46),
    ("Centre Est region", 11.78, -0.37),
    ("Centre Ouest region", 12.25, -2.36),
    ("Centre Sud region", 11.66, -1.07),
    ("Hauts Bassins region", 11.18, -4.29),
    ("Cascades region", 10.63, -4.76),
    ("Plateau Central region", 12.58, -1.3),
    ("Sud Ouest region", 10.33, -3.18),
    ("Centre region", 12.37, -1.53),
)
NIGERIA: Sequence[Province] = (
    ("Borno state", 11.85, 13.15),
    ("Yobe state", 11.75, 11.96),
    ("Adamawa state", 9.2, 12.49),
    ("Kaduna state", 10.52, 7.44),
    ("Plateau state", 9.92, 8.89),
    ("Federal Capital territory", 9.06, 7.49),
)


def ucdp_file(
    country: str, number: int, provinces: Sequence[Province], first: int, last: int, rebels: tuple[int, str]
) -> str:
    """A GED file: in every month one event of 1 to 7 deaths, in one province after the other.

    Args:
        country: UCDP's name of the country.
        number: its Gleditsch-Ward number.
        provinces: where the events are.
        first: the first year.
        last: the last year.
        rebels: UCDP's id and name of the group that the government fights.
    """
    return ged(*_events(country, number, provinces, first, last, rebels))


def _events(
    country: str, number: int, provinces: Sequence[Province], first: int, last: int, rebels: tuple[int, str]
) -> Iterator[dict[str, object]]:
    group, name = rebels
    months = list(product(range(first, last + 1), range(1, 13)))
    places = islice(cycle(provinces), len(months))
    for index, ((year, month), (province, latitude, longitude)) in enumerate(
        zip(months, places, strict=True)
    ):
        day, deaths = f"{year}-{month:02d}-{1 + index % 28:02d}", 1 + index * 5 % 7
        yield {
            **{"id": index + 1, "year": year, "country": country, "country_id": number, "adm_1": province},
            **{"latitude": latitude, "longitude": longitude, "date_start": day, "date_end": day},
            **{"dyad_new_id": 600, "dyad_name": f"Government of {country} - {name}"},
            **{"side_a_new_id": 84, "side_a": f"Government of {country}"},
            **{"side_b_new_id": group, "side_b": name},
            **{"low": deaths, "best": deaths, "high": deaths + 2, "source_date": day},
        }
