"""One page of each kind."""
from django.contrib import admin
from django.urls import path

from shop import views

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", views.page),
    path("upload/", views.upload),
    path("stream/<int:count>/", views.stream),
    path("file/", views.file),
    path("visits/", views.visits),
    path("broken/", views.broken),
]
