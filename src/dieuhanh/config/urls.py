"""One line a module. Pages have unaccented Vietnamese paths; the JSON API has English nouns."""

from django.urls import include, path

from dieuhanh.faces.api.root import api

urlpatterns = [
    path("api/v1/", api.urls),
    path("", include("dieuhanh.faces.desk.urls")),
]
