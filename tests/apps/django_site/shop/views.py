"""Pages that together use what Django asks of a WSGI server."""
import hashlib

from django.http import FileResponse, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render


def page(request):
    return render(request, "page.html", {"path": request.get_full_path(), "host": request.get_host()})


def upload(request):
    if request.method == "POST":
        received = request.FILES["document"]
        digest = hashlib.sha256()
        for chunk in received.chunks():
            digest.update(chunk)
        return JsonResponse({
            "title": request.POST["title"], "name": received.name, "size": received.size, "sha256": digest.hexdigest()})
    return render(request, "upload.html")


def stream(request, count):
    return StreamingHttpResponse(("line %d\n" % number for number in range(count)), content_type="text/plain")


def file(request):
    return FileResponse(open(__file__, "rb"), filename="views.py", as_attachment=True)


def visits(request):
    request.session["visits"] = request.session.get("visits", 0) + 1
    return HttpResponse("visit %d" % request.session["visits"], content_type="text/plain")


def broken(request):
    raise LookupError("a view that fails")
