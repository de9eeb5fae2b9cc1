"""Pages of the staff, under unaccented Vietnamese paths."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LogoutView
from django.urls import path

from dieuhanh.faces.desk import (
    campaigns,
    drafts,
    entry,
    figures,
    home,
    imports,
    indicator_list,
    indicators,
    ledger,
    reports,
)

app_name = "desk"

campaign_patterns = [
    path("dot-bao-cao/<int:pk>/", campaigns.campaign_page, name="campaign"),
    path("dot-bao-cao/<int:pk>/gop/<int:unit>/<slug:section>/", campaigns.contribute,
         name="campaign-contribute"),
    path("dot-bao-cao/<int:pk>/giai-trinh/<int:unit>/<str:id>/", campaigns.explain,
         name="campaign-explain"),
    path("dot-bao-cao/<int:pk>/ban/", drafts.new_draft, name="campaign-draft-new"),
    path("dot-bao-cao/<int:pk>/ban/<int:number>/", drafts.draft_page, name="campaign-draft"),
    path("dot-bao-cao/<int:pk>/ban/<int:number>/<slug:section>/", drafts.section,
         name="campaign-section"),
    path("dot-bao-cao/<int:pk>/so-sanh/", drafts.compare, name="campaign-compare"),
    path("dot-bao-cao/<int:pk>/y-kien/", drafts.new_round, name="campaign-round"),
    path("dot-bao-cao/<int:pk>/y-kien/<int:round>/", drafts.opinion, name="campaign-opinion"),
    path("dot-bao-cao/<int:pk>/y-kien/<int:opinion>/quyet-dinh/", drafts.decide,
         name="campaign-decide"),
    path("dot-bao-cao/<int:pk>/duyet/", drafts.approve, name="campaign-approve"),
    path("dot-bao-cao/<int:pk>/phat-hanh/", drafts.issue, name="campaign-issue"),
    path("dot-bao-cao/<int:pk>/da-phat-hanh/", drafts.issued_page, name="campaign-issued"),
]  # fmt: skip

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
    path("chi-tieu/", indicator_list.indicator_list, name="indicators"),
    path("chi-tieu/xuat.csv", indicators.export_points, name="indicators-export"),
    path("chi-tieu/nhap/", indicators.import_points, name="indicators-import"),
    path("chi-tieu/<str:code>/", indicators.indicator_page, name="indicator"),
    path("chi-tieu/<str:code>/them/", indicators.publish, name="indicator-publish"),
    path("chi-tieu/<str:code>/<int:pk>/dinh-chinh/", indicators.correct, name="indicator-correct"),
    path("chi-tieu/<str:code>/<int:pk>/chon/", indicators.settle, name="indicator-settle"),
    *campaign_patterns,
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
