"""One visit to one source: which addresses, what each answer means, how the visit ends.

The visit asks for one address at a time (:meth:`Visit.next_request`) and is handed the outcome
(:meth:`Visit.take`); who fetches, and how many sources at once, is :mod:`collectors.run`'s business.
Each answer is parsed and read before its transaction begins, and committed as a whole.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from urllib.parse import urlsplit

from collectors import READ_WITH, apart, ending, pages
from collectors.clippings import ClippingCollector
from collectors.clock import stamp
from collectors.contracts import held_to
from collectors.measures import Measuring, late_count
from collectors.outcomes import Failure, Fetched, NotModified, Outcome, Validators
from collectors.parsers import parser_version
from collectors.renamed import under_first_names
from collectors.watching import Watched
from collectors.windows import addresses
from data import flips, health, measured, store, store_items, store_kept, store_runs, store_sources
from data.database import Database
from data.errors import BlockedError, SourceError
from data.models import Identifier, ItemRecord, Record, Rejected, Response, Source
from data.payloads import has_payload, keep_payload
from data.store import Counts, Entry

Interpret = Callable[[Record, Source, Watched], Entry]

#: pages of articles asked for in one visit; the others wait for the next
MOST_PAGES = 30


@dataclass(frozen=True, slots=True)
class Request:
    """An address the visit wants next, with what is known of it; ``article`` is the item whose page it is."""

    url: str
    validators: Validators | None
    is_page: bool
    article: str = ""


@dataclass
class Visit:
    """The state of one visit. ``interpret`` reads a parsed record; ``now`` gives the stored instant; ``parse`` is where
    answers are parsed."""

    db: Database
    source: Source
    collector: ModuleType | ClippingCollector
    interpret: Interpret
    now: Callable[[], str]
    payloads: Path
    parse: apart.Parse = apart.inline
    run_id: int = 0
    request_count: int = 0
    counts: Counts = field(default_factory=Counts)
    failures: list[ending.Failed] = field(default_factory=list)
    read_count: int = 0
    unchanged_count: int = 0
    changed_count: int = 0  # without those that the page of an article completed
    queue: deque[str] = field(default_factory=deque)
    asked: set[str] = field(default_factory=set)
    entries: tuple[str, ...] = ()
    watched: Watched = field(default_factory=Watched)
    read_with: str = READ_WITH
    watched_after: int = 0
    articles: deque[tuple[str, str]] | None = None
    measuring: Measuring = field(default_factory=lambda: Measuring(date.max))

    def open(self) -> None:
        """Start the run: entry addresses, unfinished follow-ups, then the watch-list."""
        started_at = self.now()
        last_good = store_runs.last_good_visit(self.db, self.source.id)
        self.run_id = store_runs.start_run(self.db, self.source.id, started_at)
        self.entries = addresses(
            self.source, datetime.fromisoformat(last_good) if last_good else None, datetime.fromisoformat(started_at)
        )
        self.measuring = Measuring(date.fromisoformat(started_at[:10]))
        self.watched_after = store_kept.last_answer(self.db)
        known = [Identifier(scheme, value) for scheme, value in store_sources.known_identifiers(self.db)]
        self.watched = Watched.of(known)
        if self.source.keep == "subject":  # what was passed over is looked at again when more files are watched
            self.read_with = f"{READ_WITH}:{self.watched.digest()}"
        for url in self.entries:
            self._enqueue(url)
        for url in store_runs.pending_addresses(self.db, self.source.id):
            self._enqueue(url)
        watch = getattr(self.collector, "watch", None)
        for url in watch(self.source, known) if watch else ():
            self._enqueue(url)

    def _enqueue(self, url: str) -> None:
        if url not in self.asked:
            self.asked.add(url)
            self.queue.append(url)

    def next_request(self) -> Request | None:
        """The next address, or None when the visit is over; pages of articles come last."""
        if not self.queue:
            return self._next_article()
        url = self.queue.popleft()
        self.request_count += 1
        known = store_runs.known_address(self.db, url)
        validators = None
        if known and (known.etag or known.last_modified) and self._can_read_again(known):
            validators = Validators(known.etag, known.last_modified)
        return Request(url, validators, self.source.robots)

    def _can_read_again(self, known: store_runs.Known) -> bool:
        """An answer read with older rules is read again from its kept body; without one it is fetched again."""
        return known.read_with == self.read_with or has_payload(self.payloads, known.sha256)

    def _next_article(self) -> Request | None:
        if self.articles is None:
            wanted = store_items.unread_pages(self.db, self.source.id, MOST_PAGES) if self.source.articles else []
            self.articles = deque(wanted)
        if not self.articles:
            return None
        external_id, url = self.articles.popleft()
        return Request(url, None, True, external_id)

    def take(self, request: Request, outcome: Outcome) -> None:
        """Handle what the door brought for ``request``."""
        match outcome:
            case _ if request.article:
                self._article(request, outcome)
            case NotModified():
                self._not_modified(request.url, outcome.validators)
            case Failure() if outcome.status in (404, 410) and self.source.options.get("missing_ok") is True:
                self._missing(request.url)
            case Failure():
                self._hold(request.url, outcome)
                self._failed(request.url, outcome.kind, outcome.detail or outcome.kind)
            case Fetched():
                self._hold(request.url, outcome)
                self._fetched(request.url, outcome)

    def _hold(self, url: str, outcome: Failure | Fetched) -> None:
        """Keep over runs until when the host of ``url`` asked not to come again, and the one redirects led to."""
        if outcome.retry_at:
            hosts = {urlsplit(url).hostname or "", outcome.host if isinstance(outcome, Failure) else ""} - {""}
            for host in sorted(hosts):
                store_runs.hold_host(self.db, host, outcome.retry_at)

    def _not_modified(self, url: str, validators: Validators) -> None:
        known = store_runs.known_address(self.db, url)
        if known and known.read_with != self.read_with:
            response = store_runs.kept_response(self.db, self.payloads, known.sha256, url)
            if response is not None:
                self._record(url, response, known.sha256, validators)
                return
        self._unchanged(url, validators)

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

    def _missing(self, url: str) -> None:
        """An address that answers "not there (yet)" where that is a normal state: nothing to read today."""
        self.unchanged_count += 1
        store_runs.no_longer_pending(self.db, self.source.id, url)

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
        if known and known.sha256 == digest and known.read_with == self.read_with:
            self._unchanged(url, outcome.validators)
            return
        keep_payload(self.payloads, response.body)
        self._record(url, response, digest, outcome.validators)

    def _record(self, url: str, response: Response, digest: str, validators: Validators) -> None:
        """Parse an answer, read its records and commit them."""
        passed_over = 0
        entries: list[Entry] = []
        try:
            for record in self._named(self._parse(response, url)):
                for entry in self._read(record):
                    if entry.is_kept(self.source.keep):
                        entries.append(entry)
                    else:
                        passed_over += 1
        except BlockedError as error:
            self._failed(url, "blocked", error.problem)
            return
        except SourceError as error:
            self._failed(url, "failed", error.problem)
            return
        except Exception as error:  # a bug of ours must not stop the other sources; the run says so
            self._failed(url, "failed", apart.told(error))
            return
        self.read_count += 1
        self._commit(response, entries, digest, validators)
        self.counts.records += passed_over
        self.counts.passed_over += passed_over

    def _commit(self, response: Response, entries: Sequence[Entry], digest: str, validators: Validators) -> None:
        counts = Counts()
        for unit in store.units(
            self.source,
            response,
            entries,
            etag=validators.etag,
            last_modified=validators.last_modified,
            read_with=self.read_with,
            watched_after=self.watched_after,
            parser=parser_version(self.collector),
        ):
            counts.add(store.record_unit(self.db, unit, digest))
        self.counts.add(counts)
        self.changed_count += counts.changed
        if counts.held:
            store_runs.ask_whole(self.db, response.requested_url or response.url)
        for follow in self.counts.follows:
            self._enqueue(follow)
        self.counts.follows.clear()

    def _article(self, request: Request, outcome: Outcome) -> None:
        """The page of an article: its text completes the item; a refusal is remembered, a failure tried again."""
        item = store_items.stored_item(self.db, self.source.id, request.article)
        if item is None:
            return
        if isinstance(outcome, Failure):
            told = pages.unread_page(outcome, item)
            response = Response(request.url, outcome.status, {}, b"", self.now(), request.url)
            self._hold(request.url, outcome)
            if told is not None:
                store.record_unit(self.db, store.Unit(self.source, response, (Entry(told),)), "")
        elif isinstance(outcome, Fetched):
            digest = keep_payload(self.payloads, outcome.response.body)
            try:
                records = list(self.parse(pages.read_page, outcome.response, item, apart.FEED_MB))
            except Exception as error:  # hostile markup must not cost the visit
                records = [Rejected(request.article, f"page could not be read: {apart.told(error)}")]
            entries = [entry for record in records for entry in self._read(record)]
            unit = store.Unit(
                self.source,
                outcome.response,
                entries,
                told=store_kept.told_of(article=request.article),
                watched_after=self.watched_after,
                parser=parser_version(pages),
            )
            counts = store.record_unit(self.db, unit, digest)
            self.counts.add(replace(counts, records=0))  # the item was counted when its feed told it

    def read_again(self, response: Response, digest: str, *, article: str = "") -> None:
        """Take an answer that was read before, of the page of an ``article`` or of an address of the source."""
        url = response.requested_url or response.url
        if article:
            self._article(Request(url, None, True, article), Fetched(response, Validators()))
        else:
            self._record(url, response, digest, Validators())

    def _named(self, records: Iterator[Record]) -> Iterator[Record]:
        """Official registers name their records for good; a feed may not."""
        if self.source.collector != "feed":
            return records
        return under_first_names(
            records,
            lambda record: store_items.other_names(self.db, self.source.id, record),
            self._is_told,
        )

    def _is_told(self, record: ItemRecord) -> bool:
        """Whether it is stored as reading makes it now: with the text of its page, and names under the mask."""
        read = self._read(record)[0].record
        return isinstance(read, ItemRecord) and store_items.is_told(self.db, self.source.id, read)

    def _read(self, record: Record) -> list[Entry]:
        """What reading makes of one record; when the reading fails the record lands unread, and it is said."""
        if isinstance(record, ItemRecord) and self.source.articles:
            record = store_items.completed(self.db, self.source.id, record)
        try:
            return [self.interpret(record, self.source, self.watched)]
        except Exception as error:  # hostile text must not cost its neighbours
            name = getattr(record, "external_id", "")
            return [Entry(record), Entry(Rejected(name, f"could not be read: {type(error).__name__}: {error}"))]

    def _parse(self, response: Response, url: str) -> Iterator[Record]:
        found = False
        parsed = self.parse(self.collector.parse, response, self.source, self.source.max_mb)
        for record in held_to(self.source, url, parsed):
            found = True
            self.measuring.see(record)
            yield record
        if not found and self.source.min_records and self.entries == (url,):
            raise SourceError(
                self.source.id, url, f"nothing at all where at least {self.source.min_records} records are expected"
            )

    def close(self) -> tuple[str, str]:
        """End the run; returns its outcome and a line of detail."""
        outcome, error, measures = self._outcome()
        store_runs.end_run(
            self.db,
            self.run_id,
            outcome=outcome,
            counts=self.counts,
            request_count=self.request_count,
            at=self.now(),
            error=error,
            measures=measures,
        )
        detail = self.counts.told()
        return outcome, f"{detail}; {error}" if error else detail

    def _outcome(self) -> tuple[str, str, str]:
        """How the visit ended: outcome, detail, measures. An entry address that fails makes it suspicious; a
        bill's own address that does not answer today is told in the detail and tried again."""
        detail = ending.detail(self.failures)
        if found := ending.outcome(self.failures, self.request_count):
            return found, detail, ""
        read_whole = self.unchanged_count == 0 and not self.failures  # what did not change is not counted as records
        past = store_runs.history(self.db, self.source.id)
        measures = self._measures(past) if read_whole else None
        if ending.lost_an_entry(self.failures, self.entries):
            return "suspicious", detail, ""
        if read_whole and self.counts.records < self.source.min_records:
            least = f"{self.counts.records} records where at least {self.source.min_records} are expected"
            return "failed", least, ""
        alarms = self._alarms(past, measures)
        stored = measured.stored(measures, [one for one in alarms if one.kind != "flips"])
        if alarms:
            reasons = "; ".join(one.reason for one in alarms)
            return "suspicious", f"{reasons}; {detail}" if detail else reasons, stored
        return ("ok" if self.read_count else "unchanged"), detail, stored

    def _measures(self, past: Sequence[measured.Past]) -> measured.Measures:
        """What this visit measured; what is told otherwise or late is compared under the same rules and addresses."""
        rules = f"{parser_version(self.collector)} {self.read_with} {' '.join(self.source.urls)}"
        return self.measuring.result(
            new_count=self.counts.new,
            changed_count=self.changed_count,
            late_count=late_count(self.counts.new_days, past[-1].on) if past else 0,
            rules=sha256(rules.encode()).hexdigest()[:12],
        )

    def _alarms(self, past: Sequence[measured.Past], measures: measured.Measures | None) -> list[measured.Alarm]:
        """What the source's own past says of this visit."""
        source, news_count = self.source, self.counts.new + self.counts.changed
        current = measured.Past(date.fromisoformat(self.now()[:10]), news_count, measures)
        found = health.alarms(past, current, health.quiet_days(source.kind, source.quiet_days, source.every_hours))
        since = datetime.fromisoformat(self.now()) - max(flips.SETTLED, timedelta(hours=2 * source.every_hours))
        if names := flips.held(self.db, source.id, stamp(lambda: since)):
            found.append(health.flips(names))
        return found
