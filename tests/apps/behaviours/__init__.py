"""One small WSGI application per behaviour. Each module has an `application`."""
