#!/bin/sh
# The browser of the tests: the system's own, installed by the system's package manager when missing.
set -eu
for name in chromium chromium-browser google-chrome; do
    if command -v "$name" >/dev/null 2>&1; then
        exit 0
    fi
done
echo "Chromium is missing: installing it"
if [ "$(id -u)" = 0 ]; then as_root=""; else as_root="sudo"; fi
if command -v apt-get >/dev/null 2>&1; then
    $as_root apt-get update -q >/dev/null
    DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -q chromium >/dev/null
elif command -v dnf >/dev/null 2>&1; then
    $as_root dnf install -y -q chromium
elif command -v brew >/dev/null 2>&1; then
    brew install --cask chromium
else
    echo "Please install Chromium, then run make test again" >&2
    exit 1
fi
