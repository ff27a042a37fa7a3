"""The application that is served when none is named: one page that says what runs, and how to go on."""

import html
import os
import platform
import sys
import threading
import time

_started = time.time()

_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Addergate is running</title>
<style>
:root {{ color-scheme: light dark; --ink: #14231c; --soft: #55675e; --paper: #f5f8f6; --card: #fff; --line: #d9e3dd;
  --accent: #0b7a4b; }}
@media (prefers-color-scheme: dark) {{
  :root {{ --ink: #e8f1ec; --soft: #9db3a8; --paper: #0e1713; --card: #15211b; --line: #27382f; --accent: #4ade9c; }} }}
* {{ box-sizing: border-box; }}
body {{ margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.6 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }}
main {{ max-width: 46rem; margin: 0 auto; padding: clamp(2rem, 8vh, 6rem) 1.5rem; }}
h1 {{ font-size: clamp(1.8rem, 5vw, 2.6rem); line-height: 1.15; margin: 0 0 .5rem; letter-spacing: -.02em; }}
h2 {{ font-size: 1rem; margin: 0 0 .75rem; }}
p {{ margin: 0 0 1rem; color: var(--soft); }}
.lamp {{ display: inline-block; width: .6em; height: .6em; border-radius: 50%; background: var(--accent);
  margin-right: .4em; }}
section {{ background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1.25rem 1.5rem;
  margin-top: 1.5rem; }}
dl {{ display: grid; grid-template-columns: minmax(7rem, auto) 1fr; gap: .35rem 1.25rem; margin: 0; }}
dt {{ color: var(--soft); }}
dd {{ margin: 0; overflow-wrap: anywhere; }}
code, pre {{ font: .9em/1.5 ui-monospace, "Cascadia Mono", "SF Mono", Menlo, monospace; }}
pre {{ margin: 0 0 .75rem; padding: .7rem .9rem; border-radius: .5rem; background: var(--paper);
  border: 1px solid var(--line); overflow-x: auto; }}
pre:last-child {{ margin-bottom: 0; }}
</style>
</head>
<body>
<main>
<p><span class="lamp"></span>Running</p>
<h1>Addergate is ready for your application</h1>
<p>This page is a WSGI application of its own, served by a worker just as yours will be.</p>
<section>
<h2>Serve your application</h2>
<pre><code>addergate start-server app.wsgi</code></pre>
<pre><code>addergate start-server mysite.wsgi:application</code></pre>
<pre><code>addergate start-server "package.module:create_app()"</code></pre>
</section>
<section>
<h2>What answered this request</h2>
<dl>{rows}</dl>
</section>
</main>
</body>
</html>
"""


def application(environ, start_response):
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
        start_response("405 Method Not Allowed", [("Allow", "GET, HEAD"), ("Content-Length", "0")])
        return []
    if environ["PATH_INFO"] not in ("", "/"):
        body = b"Not found. The welcome page is at /\n"
        start_response(
            "404 Not Found", [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body)))]
        )
        return [body]
    rows = "".join(
        "<dt>{}</dt><dd>{}</dd>".format(html.escape(name), html.escape(str(value)))
        for name, value in _facts(environ)
    )
    body = _PAGE.format(rows=rows).encode("utf-8")
    start_response(
        "200 OK",
        [
            ("Content-Type", "text/html; charset=utf-8"),
            ("Content-Length", str(len(body))),
            ("Cache-Control", "no-store"),
            ("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'"),
        ],
    )
    return [body]


def _facts(environ):
    """Nothing here that a stranger should not see: no paths, no environment."""
    yield "Server", environ["SERVER_SOFTWARE"]
    yield "Python", "{} {}".format(platform.python_implementation(), platform.python_version())
    yield "Isolation", "worker process {}, {}".format(os.getpid(), threading.current_thread().name)
    yield "Up for", _duration(time.time() - _started)
    yield "Protocol", "{} over {}".format(environ["SERVER_PROTOCOL"], environ["wsgi.url_scheme"])
    yield "Threads at once", "several" if environ["wsgi.multithread"] else "one"
    yield "Processes", "several" if environ["wsgi.multiprocess"] else "one"
    if sys.flags.dev_mode:
        yield "Mode", "Python development mode"


def _duration(seconds):
    minutes, seconds = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return "{} h {} min".format(hours, minutes) if hours else "{} min {} s".format(minutes, seconds)
