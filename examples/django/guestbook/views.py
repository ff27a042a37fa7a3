from django.forms import ModelForm
from django.http import JsonResponse
from django.shortcuts import redirect, render

from .models import Entry


class EntryForm(ModelForm):
    class Meta:
        model = Entry
        fields = ["name", "text"]


def entries(request):
    form = EntryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save()
        return redirect("entries")
    return render(request, "entries.html", {"form": form, "entries": Entry.objects.all()[:50]})


def entries_json(request):
    found = Entry.objects.values("name", "text", "written")[:50]
    return JsonResponse({"entries": list(found)})
