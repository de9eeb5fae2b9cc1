"""The list and an indicator's page: series, target, direction, standing (KT-06, KT-08, KT-09)."""

import datetime as dt
import re
from decimal import Decimal

import pytest

from dieuhanh.registers.indicators import queries, series
from dieuhanh.registers.indicators.models import Datapoint, Indicator, Target

pytestmark = pytest.mark.django_db
TODAY = dt.date(2024, 6, 17)


@pytest.fixture
def reader(sign_in, chuyen_vien):
    return sign_in(chuyen_vien)


def page_of(client, code):
    answer = client.get(f"/chi-tieu/{code}/")
    assert answer.status_code == 200
    return answer


def table(answer, name="series"):
    """The rows of a table as texts; a second line after “|”."""
    return [
        [f"{cell['text']}|{cell['sub']}" if cell.get("sub") else str(cell["text"])
         for cell in row["cells"]]
        for row in answer.context[name]["rows"]
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "state", "said"),
    [
        ("grdp", "overdue", "thấp hơn mức chỉ tiêu"),
        ("cpi", "overdue", "tăng 5,28–5,35\u00a0%; chỉ tiêu năm 2024: dưới 4\u00a0%"),
        ("exports", "open", "tăng 8,2\u00a0%; chỉ tiêu năm 2024: 4–5\u00a0%"),
        ("social_investment", "overdue", "từ 10,5\u00a0%"),
        ("houses.started", "open", "đạt 94,8\u00a0% khi đã qua 45\u00a0% thời gian"),
        ("budget_revenue", "open", "đạt 61,7\u00a0% khi đã qua 50\u00a0% thời gian"),
        ("revenue_house_land", "overdue", "đạt 33,7\u00a0%"),
        ("public_investment.disbursement", "overdue", "đạt 18,6\u00a0% khi đã qua 42\u00a0%"),
        ("index.par", "none", "chỉ có số liệu cả năm"),
        ("budget_expenditure", "none", "chỉ tiêu không xét chiều"),
        ("fdi", "none", "chưa có chỉ tiêu bằng số"),
    ],
)
def test_how_it_stands_is_said_in_words(reader, code, state, said):
    answer = page_of(reader, code)
    assert answer.context["chip"]["state"] == state
    assert said.lower() in answer.context["sentence"].lower()
    assert answer.context["chip"]["words"] in answer.content.decode()


def test_estimate_and_actual_stand_in_rows_of_their_own(reader):
    """KT-06: the newest first."""
    rows = table(page_of(reader, "budget_expenditure"))
    assert rows == [
        ["6 tháng đầu năm 2024|Ước thực hiện", "47.973", "+24,2", "34,0"],
        ["6 tháng đầu năm 2024|Lũy kế đến 15/6/2024", "36.417", "+17,9", "24,9"],
    ]
    notes = page_of(reader, "budget_expenditure").context["series"]["notes"]
    assert any("dự toán giao đầu năm" in one for one in notes)


def test_the_actual_value_stands_before_the_estimate_once_it_covers_the_period(reader):
    indicator = queries.by_code("grdp")
    Datapoint.objects.create(
        indicator=indicator, area="01", period="2024-H1", period_kind="cumulative",
        value_kind="growth", value=Decimal("6.5"), decimals=2, measure_unit="%",
        as_of=dt.date(2024, 6, 30), document="direction", line=1,
    )  # fmt: skip
    rows = table(page_of(reader, "grdp"))
    assert [row[1] for row in rows] == ["+6,50", "+6,00", "+5,97"]
    assert page_of(reader, "grdp").context["chip"]["words"] == "đúng tiến độ"


def test_rates_are_compared_in_points_and_budgets_have_no_made_up_level(reader):
    """KT-03."""
    answer = page_of(reader, "public_investment.disbursement")
    assert table(answer)[0][-1] == (
        "24,8\u00a0% kế hoạch, dự toán (giảm 6,2\u00a0điểm\u00a0%)"
    )  # fmt: skip
    assert "không được suy ngược" in answer.content.decode()


def test_an_annual_indicator_says_that_the_year_is_still_to_be_assessed(reader):
    """KT-09."""
    first, second = table(page_of(reader, "index.papi"))
    assert first[:2] == ["Năm 2024|Cả năm", "đánh giá cuối năm"]
    assert second[:4] == ["Năm 2023|Cả năm", "43,96/80", "15/63", "giảm 3 bậc"]
    assert table(page_of(reader, "index.pci"))[1] == ["Năm 2023|Cả năm", "giảm 8 bậc"]


def test_a_chart_has_its_sentence_and_table_where_two_values_compare(reader):
    page = page_of(reader, "grdp")
    drawn, text = page.context["chart"], page.content.decode()
    assert "6 tháng đầu năm 2023 tăng 5,97" in drawn["alt"]
    assert drawn["table"]["rows"] == [
        ["6 tháng đầu năm 2023", "+5,97"], ["Ước 6 tháng đầu năm 2024", "+6,00"],
    ]  # fmt: skip
    assert text.count('role="img"') == 2 and drawn["alt"] in text
    assert page_of(reader, "budget_revenue").context["chart"] is None


def test_many_years_are_a_line_and_a_ratio_is_no_rate():
    indicator = queries.by_code("grdp")
    points = [
        Datapoint(indicator=indicator, area="01", period=f"{year}", period_kind="annual",
                  value_kind="growth", value=Decimal(year % 7), decimals=1, measure_unit="%",
                  as_of=dt.date(year, 12, 31), document="x", line=1)
        for year in range(1990, 2024)
    ]  # fmt: skip
    kind, run = series.comparable(series.rows_of(points))
    assert (kind, len(run), run[-1][0].period) == ("growth", series.MOST_DRAWN, "2023")


def test_a_plan_that_was_adjusted_shows_both_versions(reader):
    """KT-05: the start-of-year plan stays beside the adjusted one, which is held against."""
    indicator = queries.by_code("exports")
    Target.objects.create(
        indicator=indicator, period="2024", version=2, value_kind="growth", lower=Decimal(9),
        direction="higher_better", measure_unit="%", document="direction", line=1,
    )  # fmt: skip
    answer = page_of(reader, "exports")
    assert [row[3] for row in table(answer, "targets")] == ["bản 2", "bản 1|đã thay bằng bản 2"]
    assert answer.context["chip"]["words"] == "chưa đạt"


def test_a_conflict_of_the_newest_value_is_not_judged(reader):
    point = Datapoint.objects.get(indicator__code="grdp", period="2024-H1")
    point.pk, point.line, point.value = None, 999, Decimal(7)
    point.save(force_insert=True)
    answer = page_of(reader, "grdp")
    assert answer.context["chip"]["state"] == "none"
    assert "+6,00; +7,00" in table(answer)[0]
    assert "các nguồn khác nhau" in answer.context["sentence"].lower()
    listed = reader.get("/chi-tieu/", {"trang-thai": "conflict"})
    assert [row["cells"][0]["text"] for row in listed.context["rows"]] == [
        point.indicator.label
    ]  # fmt: skip
    assert "có số liệu mà các nguồn khác nhau" in listed.content.decode()


def test_nothing_published_is_no_zero(reader):
    Indicator.objects.create(
        code="new", label="Chỉ tiêu mới", measure_unit="%", direction="higher_better", kind="other"
    )
    answer = page_of(reader, "new")
    assert "Chưa có số liệu." in answer.content.decode() and table(answer) == []
    row = next(
        row for row in reader.get("/chi-tieu/").context["rows"]
        if row["cells"][0]["text"] == "Chỉ tiêu mới"
    )  # fmt: skip
    assert row["cells"][1]["text"] == "chưa có số liệu"


# The list ----------------------------------------------------------------------------------------


def test_the_list_shows_value_period_target_and_standing(reader):
    rows = {
        row["cells"][0]["text"]: row["cells"] for row in reader.get("/chi-tieu/").context["rows"]
    }
    cells = rows["Tổng sản phẩm trên địa bàn (GRDP)"]
    assert (cells[1]["text"], cells[1]["sub"]) == ("tăng 6,00\u00a0%", "ước 6 tháng đầu năm 2024")
    assert (cells[2]["text"], cells[2]["sub"]) == (
        "6,5–7\u00a0%",
        "so với cùng kỳ, năm 2024",
    )
    assert "chưa đạt" in cells[3]["text"] and cells[3]["sub"] == "thấp hơn mức chỉ tiêu"
    yearly = rows["Chỉ số cải cách hành chính (PAR INDEX)"]
    assert "đánh giá cuối năm" in yearly[3]["text"] and yearly[1]["sub"] == "năm 2023"


def test_the_list_is_narrowed_by_kind_and_by_standing(reader):
    whole = reader.get("/chi-tieu/").context["rows"]
    found = {
        status: reader.get("/chi-tieu/", {"trang-thai": status}).context["rows"]
        for status in ("reached", "on_track", "behind", "open")
    }
    assert sum(map(len, found.values())) == len(whole) == Indicator.objects.count()
    both = reader.get("/chi-tieu/", {"trang-thai": "behind", "loai": "investment"})
    assert [row["cells"][0]["text"] for row in both.context["rows"]] == [
        "Giải ngân vốn đầu tư công", "Vốn đầu tư phát triển toàn xã hội",
    ]  # fmt: skip
    assert re.search(r"loai=investment(?!&amp;trang)", both.content.decode())
    assert len(reader.get("/chi-tieu/", {"trang-thai": "x"}).context["rows"]) == len(whole)


def test_no_indicator_at_all_is_said(reader, monkeypatch):
    empty = reader.get("/chi-tieu/", {"trang-thai": "conflict"}).content.decode()
    assert "Không có chỉ tiêu nào khớp." in empty and "Bỏ mọi điều kiện" in empty
    monkeypatch.setattr(queries, "listed_with_conflicts", Indicator.objects.none)
    assert "Chưa có chỉ tiêu nào." in reader.get("/chi-tieu/").content.decode()


def test_the_list_judges_as_the_page_does():
    """The list reads the newest year only; what it says must be what the page says."""
    points, targets = queries.newest_each(), queries.targets_each()
    for one in queries.listed():
        listed = series.judge(one, series.rows_of(points.get(one.pk, [])),
                              targets.get(one.pk, []), today=TODAY)  # fmt: skip
        whole = series.judge(one, series.rows_of(queries.of_indicator(one)),
                             queries.targets_of(one), today=TODAY)  # fmt: skip
        assert listed == whole, one.code
