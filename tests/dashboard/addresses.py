"""Every page of the dashboard and every drawer, as addresses on the test snapshot: for what holds on all of them."""

PAGES = {
    "overview": "/",
    "timeline": "/timeline",
    "timeline-by-file": "/timeline?lanes=dossier",
    "card": "/timeline?event=fr-sren-signed",
    "piece": "/timeline?piece=1",
    "files": "/dossiers",
    "files-by-place": "/dossiers?sort=place",
    "file": "/dossiers?file=fr-loi-sren",
    "file-actors": "/dossiers?file=fr-loi-sren&tab=actors",
    "file-press": "/dossiers?file=fr-loi-sren&tab=press",
    "file-changes": "/dossiers?file=fr-loi-sren&tab=changes",
    "actors": "/actors",
    "profile": "/actors?who=uk-ofcom",
    "search": "/search?words=fabricated",
    "sources": "/sources",
    "about": "/about",
    "empty": "/timeline?q=nothingofthekind",
    "malformed": "/timeline?stage=nosuch",
}
