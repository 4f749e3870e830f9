#!/bin/sh
# What `make run` does once everything is installed: build, open the dashboard at once, collect beside it.
set -eu
"$BIN/python" -m collectors build
"$BIN/python" -m collectors collect --due ${MONITOR_SMTP:+--notify} &
collecting=$!
trap 'kill "$collecting" 2>/dev/null || true' EXIT INT TERM
(
    # open a browser as soon as the page answers; a machine without one just sees the address
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        if "$BIN/python" -c "import socket; socket.create_connection(('127.0.0.1', $PORT), 1)" 2>/dev/null; then
            [ -n "${CI:-}" ] || "$BIN/python" -m webbrowser -t "http://localhost:$PORT" >/dev/null 2>&1 || true
            break
        fi
        sleep 0.5
    done
) &
echo "Dashboard: http://localhost:$PORT (stop with Ctrl-C)"
# bound to this machine (config.toml), the page is reached by its owner alone: whoever opens it may decide
case "${STREAMLIT_SERVER_ADDRESS:-127.0.0.1}" in
    127.0.0.1 | localhost) export MONITOR_DESK="${MONITOR_DESK-single}" ;;
esac
"$BIN/streamlit" run dashboard/app.py --server.port "$PORT"
