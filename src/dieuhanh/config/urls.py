"""One line a module. Pages have unaccented Vietnamese paths; the JSON API has English nouns."""

from django.urls import include, path

from dieuhanh.faces import health
from dieuhanh.faces.api.root import api

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    path("api/v1/", api.urls),
    path("cong-khai/", include("dieuhanh.faces.portal.urls")),
    path("", include("dieuhanh.faces.desk.urls")),
]
