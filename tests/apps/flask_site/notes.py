"""A Flask application made by a factory, with one page of each kind."""
import hashlib
import io

from flask import Flask, Response, abort, jsonify, redirect, request, send_file, session, stream_with_context


def create_app():
    app = Flask(__name__)
    app.secret_key = "only for tests"

    @app.route("/")
    def index():
        return "Notes – schön\n"

    @app.route("/login", methods=["POST"])
    def login():
        session["user"] = request.form["user"]
        return redirect("/me")

    @app.route("/me")
    def me():
        return session.get("user") or abort(401)

    @app.route("/upload", methods=["POST"])
    def upload():
        document = request.files["document"]
        data = document.read()
        return jsonify(
            title=request.form["title"], name=document.filename, size=len(data),
            sha256=hashlib.sha256(data).hexdigest())

    @app.route("/json", methods=["POST"])
    def as_json():
        return jsonify(got=request.get_json())

    @app.route("/stream/<int:count>")
    def stream(count):
        return Response(
            stream_with_context("line %d at %s\n" % (number, request.path) for number in range(count)),
            mimetype="text/plain")

    @app.route("/file")
    def file():
        return send_file(io.BytesIO(b"0123456789" * 1000), mimetype="application/octet-stream")

    @app.route("/environ")
    def environ():
        return jsonify(url=request.url, remote=request.remote_addr, multiprocess=request.environ["wsgi.multiprocess"])

    @app.route("/broken")
    def broken():
        raise LookupError("a view that fails")

    return app
