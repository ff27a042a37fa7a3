#!/usr/bin/env bash
# Gets what the tests need and .NET does not bring: as root on Debian the missing packages are installed, else they are
# named with the command that installs them and the tests that need them are skipped.
set -euo pipefail

# command:package; the last two are Python packages, asked of Debian's own Python.
needed=(curl:curl openssl:openssl nghttp:nghttp2-client h2load:nghttp2-client wrk:wrk slowhttptest:slowhttptest
    systemd-analyze:systemd systemd-socket-activate:systemd shellcheck:shellcheck)
missing=()
# Not on everybody's PATH.
[ -x /usr/sbin/nginx ] || missing+=(nginx-light)
[ -x /usr/sbin/apache2 ] || missing+=(apache2-bin)
[ -x /usr/sbin/logrotate ] || missing+=(logrotate)
for pair in "${needed[@]}"; do
    command -v "${pair%%:*}" >/dev/null || missing+=("${pair##*:}")
done
if [ -x /usr/bin/python3 ]; then
    /usr/bin/python3 -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3-venv)
    /usr/bin/python3 -c 'import django' 2>/dev/null || missing+=(python3-django)
    /usr/bin/python3 -c 'import flask' 2>/dev/null || missing+=(python3-flask)
    /usr/bin/python3 -c 'import paste.deploy' 2>/dev/null || missing+=(python3-pastedeploy)
    /usr/bin/python3 -c 'import coverage' 2>/dev/null || missing+=(python3-coverage)
else
    missing+=(python3 python3-venv python3-django python3-flask python3-pastedeploy python3-coverage)
fi
[ ${#missing[@]} -gt 0 ] || exit 0
mapfile -t missing < <(printf '%s\n' "${missing[@]}" | sort -u)

if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    echo "Installing what the tests need: ${missing[*]}" >&2
    export DEBIAN_FRONTEND=noninteractive
    if apt-get update -q >/dev/null && apt-get install -y -q --no-install-recommends "${missing[@]}" >/dev/null; then
        exit 0
    fi
    echo "Not everything could be installed; the tests that need it are skipped." >&2
    exit 0
fi
echo "Missing for some of the tests, which are skipped: ${missing[*]}" >&2
echo "On Debian: sudo apt-get install ${missing[*]}" >&2
