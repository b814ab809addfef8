"""The year from which ACLED codes each country, by ISO 3166-1 alpha-3 code."""

from datetime import date

_STARTS = {
    1997: (
        "AGO BDI BEN BFA BWA CAF CIV CMR COD COG DJI DZA EGY ERI ETH GAB GHA GIN GMB GNB GNQ KEN LBR "
        "LBY LSO MAR MDG MLI MOZ MRT MWI NAM NER NGA RWA SDN SEN SLE SOM SSD SWZ TCD TGO TUN TZA UGA "
        "ZAF ZMB ZWE"
    ),
    2010: "BGD KHM LAO LKA MMR NPL PAK THA VNM",
    2015: "IDN SAU YEM",
    2016: "ARE BHR IND IRN IRQ ISR JOR KWT LBN OMN PHL PSE QAT TUR",
    2017: "AFG SYR",
    2018: (
        "ALB ARG ARM ATG AZE BGR BHS BIH BLR BLZ BOL BRA BRB CHL CHN COL CRI CUB CYP DMA DOM ECU GEO "
        "GRC GRD GTM GUY HND HTI HRV JAM JPN KAZ KGZ KNA KOR LCA MDA MEX MKD MNE MNG MYS NIC PAN PER "
        "PRK PRY ROU RUS SLV SRB SUR TJK TKM TTO TWN UKR URY UZB VCT VEN XKX"
    ),
    2020: (
        "AND AUT BEL BRN BTN CHE COM CPV CZE DEU DNK ESP EST FIN FRA GBR HUN IRL ISL ITA LIE LTU LUX "
        "LVA MCO MDV MLT MUS MYT NLD NOR POL PRT REU SGP SHN SMR STP SVK SVN SWE SYC TLS USA VAT"
    ),
    2021: "AUS CAN FJI FSM KIR MHL NRU NZL PLW PNG SLB TON TUV VUT WSM",
}
"""As ACLED's page *Country/Time Period Coverage* lists them: recalled, not read live."""

_BY_COUNTRY = {code: year for year, codes in _STARTS.items() for code in codes.split()}


def first_coded(iso3: str) -> date:
    """The first day that ACLED codes in a country; the first day of all where it is not known.

    >>> first_coded("IRQ").isoformat()
    '2016-01-01'
    """
    year = _BY_COUNTRY.get(iso3)
    return date(year, 1, 1) if year else date.min


def starts() -> dict[str, int]:
    """The first year of each country by its code."""
    return dict(sorted(_BY_COUNTRY.items()))
