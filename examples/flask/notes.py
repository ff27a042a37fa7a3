"""Notes in memory, made by an application factory."""

from itertools import count
from threading import Lock

from flask import Flask, abort, jsonify, request


def create_app():
    app = Flask(__name__)
    notes = {}
    numbers = count(1)
    # Requests run in several threads of one process.
    lock = Lock()

    @app.get("/")
    def index():
        return f"{len(notes)} notes; POST text=… to /notes to add one.\n"

    @app.get("/notes")
    def list_notes():
        with lock:
            return jsonify(notes)

    @app.post("/notes")
    def add_note():
        text = request.form.get("text", "").strip()
        if not text:
            abort(400, "A note needs a text.")
        with lock:
            number = next(numbers)
            notes[number] = text
        return jsonify(number=number), 201

    return app
