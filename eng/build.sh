#!/usr/bin/env bash
# Publishes the layout that everything runs from: artifacts/addergate. TRIM=false skips trimming (quicker builds).
set -euo pipefail
cd "$(dirname "$0")/.."
if ! command -v dotnet >/dev/null; then
    echo "addergate: the .NET 10 SDK is needed to build (the dotnet command was not found)." >&2
    exit 1
fi
out=artifacts/addergate
log=artifacts/build.log
mkdir -p artifacts
echo "Building $out (about a minute) ..." >&2
# What a trimmed build leaves behind is taken for up to date by an untrimmed one, which then lacks assemblies.
trim=${TRIM:-true}
if [ "$(cat artifacts/trimmed 2>/dev/null)" != "$trim" ]; then
    rm -rf src/Addergate.Cli/obj/Release
    echo "$trim" >artifacts/trimmed
fi
if ! dotnet publish src/Addergate.Cli/Addergate.Cli.csproj -c Release -p:PublishLayout=true \
    -p:PublishTrimmed="$trim" -o "$out.new" >"$log" 2>&1; then
    grep -E 'error|warning' "$log" | sort -u | head -30 >&2
    echo "addergate: the build failed; the whole output is in $log." >&2
    exit 1
fi
rm -rf "$out.old"
if [ -d "$out" ]; then mv "$out" "$out.old"; fi
mv "$out.new" "$out"
rm -rf "$out.old"
