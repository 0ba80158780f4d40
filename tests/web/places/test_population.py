"""Inhabitants: whole territory before parishes, no sum with one missing, Eurostat's list from CSV."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from data_folder import shared_data
from straume.web.places.models import Area, Institution, Population, TerritorialUnit

pytestmark = pytest.mark.django_db
HEAD = "country,code_2016,lau_code,lau_name_national,population\n"


def land(institution: Institution, name: str, kind: str = "parish", **days) -> TerritorialUnit:
    territory = TerritorialUnit.objects.create(country="lv", kind=kind, name=name)
    Area.objects.create(institution=institution, territory=territory, **days)
    return territory


def count(territory: TerritorialUnit, inhabitants: int, year: int = 2019) -> None:
    Population.objects.create(territory=territory, year=year, inhabitants=inhabitants, source="register")


def test_parishes_are_added_up(livani) -> None:
    count(land(livani, "A"), 300)
    count(land(livani, "B"), 200)
    found = livani.inhabitants(year=2019)
    assert (found.number, found.is_simulated, found.sources) == (500, False, ("register",))


def test_with_one_parish_missing_there_is_no_sum(livani) -> None:
    count(land(livani, "A"), 300)
    land(livani, "B")
    assert livani.inhabitants(year=2019) is None


def test_the_figure_of_the_whole_territory_comes_first(livani) -> None:
    count(land(livani, "A"), 300)
    count(land(livani, "Whole", kind="municipality"), 480)
    assert livani.inhabitants(year=2019).number == 480


def test_a_parish_counts_for_whom_it_belonged_to_on_1_january(livani, utena) -> None:
    parish = land(livani, "A", until_on=date(2021, 6, 30))
    Area.objects.create(institution=utena, territory=parish, from_on=date(2021, 7, 1))
    for year in (2021, 2022):
        count(parish, 300, year)
    assert livani.inhabitants(year=2021).number == 300
    assert livani.inhabitants(year=2022) is None
    assert utena.inhabitants(year=2022).number == 300
    assert utena.inhabitants(year=2021, area_on=date(2022, 1, 1)).number == 300


def run(file, **options) -> str:
    out = StringIO()
    call_command("import_population", str(file), stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def lau(tmp_path):
    def write(text: str):
        file = tmp_path / "lau.csv"
        file.write_text(text, encoding="utf-8")
        return file

    return write


def test_the_list_of_eurostat_is_read(lau, livani) -> None:
    known = TerritorialUnit.objects.create(country="lv", kind="municipality", name="Līvānu", code="761201")
    said = run(lau(HEAD + "LV,LV005,761201,Līvānu novads,10832\nLT,LT029,82,Utenos,37435\n"), year=2019)
    assert Population.objects.get(territory=known).inhabitants == 10_832
    assert "1 territories have" in said and "Utenos" in said
    assert TerritorialUnit.objects.filter(code="82").count() == 0


def test_a_second_import_replaces_and_a_real_figure_is_no_longer_simulated(lau) -> None:
    known = TerritorialUnit.objects.create(country="lv", kind="municipality", name="Līvānu", code="761201")
    Population.objects.create(territory=known, year=2019, inhabitants=1, source="x", is_simulated=True)
    run(lau(HEAD + "LV,LV005,761201,Līvānu novads,10832\n"), year=2019)
    found = Population.objects.get()
    assert (found.inhabitants, found.is_simulated, found.source) == (10_832, False, "Eurostat, LAU")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("country,population\nLV,1\n", "no column lau_code, lau_name_national"),
        (HEAD + "LV,LV005,761201,Līvānu novads,many\n", "line 2: “many” is no whole number"),
        (HEAD + "LV,LV005,761201,Līvānu novads,-5\n", "line 2: -5 inhabitants cannot be"),
    ],
)
def test_a_bad_list_is_refused_whole(lau, text, words) -> None:
    with pytest.raises(CommandError, match=words):
        run(lau(text), year=2019, add=True)
    assert not Population.objects.exists()


def test_a_missing_file_is_said(tmp_path) -> None:
    with pytest.raises(CommandError, match="cannot be opened"):
        run(tmp_path / "nothing.csv", year=2019)


def test_the_whole_real_list_of_2019_is_read() -> None:
    file = shared_data("places/lau2019_lv_lt_all.csv")
    run(file, year=2019, add=True)
    total = {
        country: sum(
            Population.objects.filter(territory__country=country).values_list("inhabitants", flat=True)
        )
        for country in ("lv", "lt")
    }
    assert TerritorialUnit.objects.filter(country="lv").count() == 119  # municipalities before 2021
    assert TerritorialUnit.objects.filter(country="lt").count() == 60
    assert total["lv"] == pytest.approx(1_919_968, rel=0.01)  # Eurostat demo_pjan, 1 January 2019
    assert total["lt"] == pytest.approx(2_794_184, rel=0.01)
