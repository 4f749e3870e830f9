#!/bin/sh
# Programs that open what leaves the monitor and are too large for every test: LibreOffice, and the player of TimelineJS
# unpacked into the folder that is named. What is there already is not fetched again.
set -eu
folder="$1"
if ! command -v soffice >/dev/null 2>&1; then
    echo "LibreOffice is missing: installing it"
    if [ "$(id -u)" = 0 ]; then as_root=""; else as_root="sudo"; fi
    if command -v apt-get >/dev/null 2>&1; then
        $as_root apt-get update -q >/dev/null
        DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -q --no-install-recommends \
            libreoffice-calc libreoffice-writer >/dev/null
    else
        echo "Please install LibreOffice, then run make readers again" >&2
        exit 1
    fi
fi
if [ ! -f "$folder/package/dist/js/timeline.js" ]; then
    command -v npm >/dev/null 2>&1 || { echo "Please install npm, then run make readers again" >&2; exit 1; }
    mkdir -p "$folder"
    (cd "$folder" && npm pack --silent @knight-lab/timelinejs@3.9.11 && tar -xzf knight-lab-timelinejs-3.9.11.tgz)
fi
