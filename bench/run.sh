#!/usr/bin/env bash
# Gets the Debian packages that the comparison needs (as root; otherwise names them), then runs the driver.
# `bench/run.sh --help` lists the options; bench/README.md says what is measured and how it is kept fair.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")

# Only asked: nothing is needed for that.
for argument in "$@"; do
    case $argument in
        -h | --help) PYTHONPATH=$here exec /usr/bin/python3 -B -m driver --help ;;
    esac
done

packages=(apache2-bin libapache2-mod-wsgi-py3 uwsgi-core uwsgi-plugin-python3 gunicorn python3-waitress
    python3-django wrk)
missing=()
for package in "${packages[@]}"; do
    if ! dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed'; then
        missing+=("$package")
    fi
done
if [ ${#missing[@]} -gt 0 ]; then
    if [ "$(id -u)" != 0 ]; then
        echo "bench: these Debian packages are missing; install them with:" >&2
        echo "  sudo apt-get install --no-install-recommends ${missing[*]}" >&2
        exit 1
    fi
    echo "bench: installing ${missing[*]} ..." >&2
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        -o DPkg::Lock::Timeout=300 "${missing[@]}" >/dev/null
fi
PYTHONPATH=$here exec /usr/bin/python3 -B -m driver "$@"
