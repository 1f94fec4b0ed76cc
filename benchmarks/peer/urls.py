"""The peer's addresses: django-helpdesk at the root, as its documentation says."""

from django.urls import include, path  # type: ignore[import-not-found]

urlpatterns = [path("", include("helpdesk.urls"))]
