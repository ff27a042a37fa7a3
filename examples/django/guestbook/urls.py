from django.contrib import admin
from django.contrib.staticfiles.urls import staticfiles_urlpatterns
from django.urls import path

from . import views

urlpatterns = [
    path("", views.entries, name="entries"),
    path("entries.json", views.entries_json),
    path("admin/", admin.site.urls),
    *staticfiles_urlpatterns(),
]
