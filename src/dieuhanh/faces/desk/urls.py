"""Pages of the staff, under unaccented Vietnamese paths."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LogoutView
from django.urls import path

from dieuhanh.faces.desk import entry, figures, home, imports, indicators, ledger, reports

app_name = "desk"

urlpatterns = [
    path("", home.home, name="home"),
    path("dang-nhap/", login_not_required(home.SignIn.as_view()), name="sign-in"),
    path("dang-xuat/", LogoutView.as_view(), name="sign-out"),
    path("ngon-ngu/<slug:code>/", home.set_language, name="language"),
    path("tim/", home.search, name="search"),
    path("bao-cao/", reports.report_list, name="reports"),
    path("bao-cao/<slug:report>/<str:period>/", reports.report_page, name="report"),
    *(
        path(
            f"bao-cao/<slug:report>/<str:period>/bao-cao.{kind}",
            reports.report_file,
            {"kind": kind},
            name="report-file",
        )
        for kind in reports.FILES
    ),
    path("so-lieu/<str:id>/", figures.figure_page, name="figure"),
    path("so-lieu/<str:id>/muc/", figures.figure_entries, name="figure-entries"),
    path("chi-tieu/", indicators.indicator_list, name="indicators"),
    path("chi-tieu/xuat.csv", indicators.export_points, name="indicators-export"),
    path("chi-tieu/nhap/", indicators.import_points, name="indicators-import"),
    path("chi-tieu/<str:code>/", indicators.indicator_page, name="indicator"),
    path("chi-tieu/<str:code>/them/", indicators.publish, name="indicator-publish"),
    path("chi-tieu/<str:code>/<int:pk>/dinh-chinh/", indicators.correct, name="indicator-correct"),
    path("<slug:slug>/", ledger.list_page, name="list"),
    path("<slug:slug>/them/", entry.enter, name="enter"),
    path("<slug:slug>/nhap/", imports.import_page, name="import"),
    path("<slug:slug>/xuat.csv", ledger.export, {"kind": "csv"}, name="export"),
    path("<slug:slug>/xuat.xlsx", ledger.export, {"kind": "xlsx"}, name="export"),
    path("<slug:slug>/<int:pk>/", entry.detail, name="entry"),
    path("<slug:slug>/<int:pk>/vi-sao/<int:obligation>/", entry.why, name="why"),
    path("<slug:slug>/<int:pk>/tep/", entry.attach, name="attach"),
    path("<slug:slug>/<int:pk>/tep/<int:attachment>/", entry.download, name="attachment"),
    path("<slug:slug>/<int:pk>/<slug:action>/", entry.verb, name="verb"),
]
