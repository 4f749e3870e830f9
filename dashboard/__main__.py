"""``python -m dashboard``: the keys that each language lacks, for who writes a further one."""

from dashboard.i18n import LANGUAGES, missing, t


def main() -> None:
    """Print a line for each language, and below it its missing keys."""
    for lang in LANGUAGES:
        lacking = missing(lang)
        print(f"{lang}: {t('language.name', lang)}, {len(lacking)} keys missing")
        for key in lacking:
            print(f"  {key}")


if __name__ == "__main__":
    main()
