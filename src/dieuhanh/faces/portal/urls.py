"""Pages for everybody, under /cong-khai/."""

from django.urls import path

from dieuhanh.faces.portal import pages

app_name = "portal"

urlpatterns = [
    path("", pages.overview, name="overview"),
    path("dung-han/", pages.on_time, name="on-time"),
    path("dung-han.csv", pages.file_of("on-time", "csv"), name="on-time-csv"),
    path("dung-han.json", pages.file_of("on-time", "json"), name="on-time-json"),
    path("kien-nghi/", pages.petitions, name="petitions"),
    path("kien-nghi.csv", pages.file_of("petitions", "csv"), name="petitions-csv"),
    path("kien-nghi.json", pages.file_of("petitions", "json"), name="petitions-json"),
    path("chi-tieu/", pages.indicators, name="indicators"),
    path("chi-tieu.csv", pages.file_of("indicators", "csv"), name="indicators-csv"),
    path("chi-tieu.json", pages.file_of("indicators", "json"), name="indicators-json"),
    path("phuong-phap/", pages.method, name="method"),
    path("du-lieu.json", pages.catalogue, name="catalogue"),
]
