"""One visit to one source: which addresses, what each answer means, how the visit ends.

The visit asks for one address at a time (:meth:`Visit.next_request`) and is handed the outcome
(:meth:`Visit.take`); who fetches, and how many sources at once, is :mod:`collectors.run`'s business.
Each answer is parsed and read before its transaction begins, and committed as a whole.
"""

from __future__ import annotations

import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from urllib.parse import urlsplit

from collectors import READ_WITH
from collectors.outcomes import Failure, Fetched, NotModified, Outcome, Validators
from data import store, store_runs, store_sources
from data.database import Database
from data.errors import BlockedError, SourceError
from data.models import Identifier, Record, Rejected, Response, Source
from data.payloads import keep_payload
from data.store import Counts, Entry

Interpret = Callable[[Record, Source], Entry]

#: failures of the door that mean "not reached", as against "answered, but not with what we came for"
_REFUSED = {"blocked", "robots", "http_4xx"}


@dataclass(frozen=True, slots=True)
class Request:
    """An address the visit wants next, with what is known of it."""

    url: str
    validators: Validators | None
    is_page: bool


@dataclass
class Visit:
    """The state of one visit. ``interpret`` reads a parsed record; ``now`` gives the stored instant."""

    db: Database
    source: Source
    collector: ModuleType
    interpret: Interpret
    now: Callable[[], str]
    payloads: Path
    run_id: int = 0
    request_count: int = 0
    counts: Counts = field(default_factory=Counts)
    failures: list[tuple[str, str, str]] = field(default_factory=list)
    read_count: int = 0
    unchanged_count: int = 0
    queue: deque[str] = field(default_factory=deque)
    asked: set[str] = field(default_factory=set)

    def open(self) -> None:
        """Start the run: entry addresses, unfinished follow-ups, then the watch-list."""
        self.run_id = store_runs.start_run(self.db, self.source.id, self.now())
        for url in self.source.urls:
            self._enqueue(url)
        for url in store_runs.pending_addresses(self.db, self.source.id):
            self._enqueue(url)
        for url in self._watched():
            self._enqueue(url)

    def _watched(self) -> Sequence[str]:
        watch = getattr(self.collector, "watch", None)
        if watch is None:
            return ()
        known = [Identifier(scheme, value) for scheme, value in store_sources.known_identifiers(self.db)]
        found: list[str] = list(watch(self.source, known))
        return found

    def _enqueue(self, url: str) -> None:
        if url not in self.asked:
            self.asked.add(url)
            self.queue.append(url)

    def next_request(self) -> Request | None:
        """The next address, or None when the visit is over."""
        if not self.queue:
            return None
        url = self.queue.popleft()
        self.request_count += 1
        known = store_runs.known_address(self.db, url)
        validators = None
        if known and known.read_with == READ_WITH and (known.etag or known.last_modified):
            validators = Validators(known.etag, known.last_modified)
        return Request(url, validators, self.source.robots)

    def take(self, request: Request, outcome: Outcome) -> None:
        """Handle what the door brought for ``request``."""
        match outcome:
            case NotModified():
                self._unchanged(request.url, outcome.validators)
            case Failure():
                self._failed(request.url, outcome.kind, outcome.detail or outcome.kind)
                if outcome.retry_at:
                    store_runs.hold_host(self.db, urlsplit(request.url).hostname or "", outcome.retry_at)
            case Fetched():
                self._fetched(request.url, outcome)

    def _unchanged(self, url: str, validators: Validators) -> None:
        self.unchanged_count += 1
        store_runs.touch_address(
            self.db,
            url,
            source_id=self.source.id,
            etag=validators.etag,
            last_modified=validators.last_modified,
            at=self.now(),
        )

    def _failed(self, url: str, kind: str, detail: str) -> None:
        if kind == "dns":  # no such host today: its other addresses would only wait for the same answer
            host = urlsplit(url).hostname
            self.queue = deque(one for one in self.queue if urlsplit(one).hostname != host)
        self.failures.append((kind, detail if url in detail else f"{detail} ({url})", url))
        store_runs.address_failed(self.db, self.source.id, url, detail, self.now())

    def _fetched(self, url: str, outcome: Fetched) -> None:
        response = outcome.response
        known = store_runs.known_address(self.db, url)
        digest = sha256(response.body).hexdigest()
        if known and known.sha256 == digest and known.read_with == READ_WITH:
            self._unchanged(url, outcome.validators)
            return
        keep_payload(self.payloads, response.body)
        try:
            entries = [entry for record in self._parse(response, url) for entry in self._read(record)]
        except BlockedError as error:
            self._failed(url, "blocked", error.problem)
            return
        except SourceError as error:
            self._failed(url, "failed", error.problem)
            return
        except Exception as error:  # a bug of ours must not stop the other sources; the run says so
            place = traceback.extract_tb(error.__traceback__)[-1]
            detail = f"{type(error).__name__}: {error} [{Path(place.filename).name}:{place.lineno}]"
            self._failed(url, "failed", detail)
            return
        self.read_count += 1
        for unit in store.units(
            self.source,
            response,
            entries,
            etag=outcome.validators.etag,
            last_modified=outcome.validators.last_modified,
            read_with=READ_WITH,
        ):
            self.counts.add(store.record_unit(self.db, unit, digest))
        for follow in self.counts.follows:
            self._enqueue(follow)
        self.counts.follows.clear()

    def _read(self, record: Record) -> list[Entry]:
        """What reading makes of one record; when the reading fails the record lands unread, and it is said."""
        try:
            return [self.interpret(record, self.source)]
        except Exception as error:  # hostile text must not cost its neighbours
            name = getattr(record, "external_id", "")
            return [Entry(record), Entry(Rejected(name, f"could not be read: {type(error).__name__}: {error}"))]

    def _parse(self, response: Response, url: str) -> Iterator[Record]:
        found = False
        for record in self.collector.parse(response, self.source):
            found = True
            yield record
        if not found and self.source.min_records and self.source.urls == (url,):
            raise SourceError(
                self.source.id, url, f"nothing at all where at least {self.source.min_records} records are expected"
            )

    def close(self) -> tuple[str, str]:
        """End the run; returns its outcome and a line of detail."""
        outcome, error = self._outcome()
        store_runs.end_run(
            self.db,
            self.run_id,
            outcome=outcome,
            counts=self.counts,
            request_count=self.request_count,
            at=self.now(),
            error=error,
        )
        counts = self.counts
        detail = f"{counts.new} new, {counts.changed} changed, {counts.unchanged} as before"
        if counts.rejected:
            detail += f", {counts.rejected} in quarantine"
        if counts.unknown:
            detail += f", {counts.unknown} unknown codes"
        return outcome, f"{detail}; {error}" if error else detail

    def _outcome(self) -> tuple[str, str]:
        """How the visit ended. An entry address that fails makes it suspicious; a bill's own address that
        does not answer today is told in the detail and tried again."""
        detail = "; ".join(text for _, text, _ in self.failures[:3])
        if len(self.failures) > 3:
            detail += f"; and {len(self.failures) - 3} more"
        kinds = {kind for kind, _, _ in self.failures}
        if "failed" in kinds:
            return "failed", detail
        if kinds and len(self.failures) == self.request_count:
            return ("blocked" if kinds & _REFUSED else "unavailable"), detail
        if any(url in self.source.urls for _, _, url in self.failures):
            return "suspicious", detail
        if self.read_count == 0:
            return "unchanged", detail
        read_whole = self.unchanged_count == 0 and not kinds  # what did not change is not counted as records
        if read_whole and self.counts.records < self.source.min_records:
            return (
                "failed",
                f"{self.counts.records} records where at least {self.source.min_records} are expected",
            )
        usual = store_runs.usual_count(self.db, self.source.id)
        if read_whole and usual and self.counts.records < 0.3 * usual:
            return "suspicious", f"{self.counts.records} records, usually about {usual:.0f}"
        return "ok", detail
