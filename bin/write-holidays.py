#!/usr/bin/env python3
"""Writes src/domain/dates/holidays.json: the days on which the ministries of the 35 states of the Americas are closed.

    python3 -m venv .venv && .venv/bin/pip install holidays==0.109 && .venv/bin/python bin/write-holidays.py

The days are those of the Python package `holidays`, which knows the moves that a law makes (Monday rules, observed
days, lunar calendars) and names the law or decree; this program says which of its categories close a ministry, and
where it is known to err. tests/domain/holidays.test.ts holds the result against a second source.
"""

import datetime
import json
import pathlib
import re

import holidays

YEARS = range(2015, 2046)
STATES = (
    "AG AR BB BO BR BS BZ CA CL CO CR CU DM DO EC GD GT GY HN HT JM KN LC MX NI PA PE PY SR SV TT US UY VC VE".split()
)

# What closes a ministry beside the holidays of everybody: days of the public administration alone (Argentina, Canada,
# Paraguay, the United States), pontos facultativos (Brazil), Carnival (Trinidad and Tobago, Panama), holidays on which
# private employers need not pay (Costa Rica), and in Uruguay the feriados on which public offices and banks close.
ALSO = {
    "AR": ["government"],
    "BR": ["optional"],
    "CA": ["government"],
    "CR": ["optional"],
    "PA": ["bank"],
    "PY": ["government"],
    "TT": ["optional"],
    "US": ["government"],
    "UY": ["bank"],
}


def nth_monday(year: int, month: int, n: int) -> datetime.date:
    first = datetime.date(year, month, 1)
    return first + datetime.timedelta(days=(7 - first.weekday()) % 7 + 7 * (n - 1))


def easter_monday(year: int) -> datetime.date:
    return holidays.country_holidays("BB", years=year).get_named("Easter Monday")[0]


def corrected(country: str, year: int, days: dict[datetime.date, str]) -> None:
    """Where the package errs: each with what says so."""
    day = lambda month, number: datetime.date(year, month, number)  # noqa: E731
    drop = lambda date: days.pop(date, None)  # noqa: E731
    if country == "BO":
        # Decreto Supremo 14260 and those after it list the holidays with suspension of work; 17 October is none.
        drop(day(10, 17))
    if country == "BZ" and year >= 2021:
        # Press office of the Government of Belize, lists of public and bank holidays for 2024 and 2026: what falls on
        # a Saturday moves to Monday too; Emancipation Day stays where it is.
        for date in [d for d, name in days.items() if name.startswith("Emancipation Day")]:
            drop(date)
        emancipation = day(8, 1)
        days[emancipation] = "Emancipation Day"
        if emancipation.weekday() == 6:
            days[day(8, 2)] = "Emancipation Day (observed)"
        for date, name in (
            (day(3, 9), "National Heroes and Benefactors Day"),
            (day(10, 12), "Indigenous Peoples' Resistance Day"),
        ):
            if date.weekday() == 5:
                days[date + datetime.timedelta(days=2)] = f"{name} (observed)"
        if year == 2024:
            for date in (day(5, 1), day(9, 10)):
                drop(date)
            days[day(4, 29)] = "Labour Day (observed)"
            days[day(9, 9)] = "Saint George's Caye Day (observed)"
    if country == "CA":
        # Canada Revenue Agency, "Public holidays": kept by the federal administration in all provinces but some.
        days[easter_monday(year)] = "Easter Monday"
        days[nth_monday(year, 8, 1)] = "Civic Holiday"
    if country == "GT":
        # Código de Trabajo, art. 127: from noon; no office opens.
        days[day(12, 24)] = "Nochebuena"
        days[day(12, 31)] = "Fin de Año"
    if country == "JM" and day(12, 26).weekday() == 6:
        # Holidays (Public General) Act: what falls on a Sunday is kept on Monday.
        days[day(12, 27)] = "Boxing Day (observed)"
    if country == "PY" and year == 2026:
        days[day(6, 30)] = "Asueto decretado"
    if country == "TT" and year == 2028:
        # Diwali is on the new moon of 17 October 2028, as the package itself has it for Guyana.
        drop(day(11, 15))
        days[day(10, 17)] = "Divali (estimated)"


# The last year of which the package knows what was announced; later days that follow the moon are marked as estimated.
ANNOUNCED = 2026
LUNAR = ("Eid-", "Ied-", "Youman Nabi", "Divali", "Deepavali", "Phagwah", "Holi-", "Chinees")


def main() -> None:
    out: dict[str, dict[str, list[str]]] = {}
    for country in STATES:
        by_name: dict[str, list[str]] = {}
        for year in YEARS:
            known = holidays.country_holidays(
                country,
                years=year,
                categories=["public", *ALSO.get(country, [])],
                language=getattr(holidays, country).default_language,
            )
            days = {date: name for date, name in known.items() if date.year == year}
            corrected(country, year, days)
            for date, name in sorted(days.items()):
                # A weekend is closed anyhow.
                if date.weekday() > 4:
                    continue
                # "Labour Day (observed); Carnival" is named by what is kept first.
                plain = re.sub(r" \(.*?\)|;.*", "", name)
                estimated = plain.startswith(LUNAR) and year > ANNOUNCED
                by_name.setdefault(plain, []).append(f"{date}{'?' if estimated else ''}")
        out[country] = by_name
    lines = ",\n".join(
        f'  "{country}": {{\n'
        + ",\n".join(f"    {json.dumps(name, ensure_ascii=False)}: {json.dumps(' '.join(dates))}" for name, dates in names.items())
        + "\n  }"
        for country, names in out.items()
    )
    target = pathlib.Path(__file__).parent.parent / "src" / "domain" / "dates" / "holidays.json"
    target.write_text("{\n" + lines + "\n}\n", encoding="utf-8")


main()
