"""Says which of a pack's categories have too few examples to be told apart."""

from collections.abc import Iterable, Iterator, Sequence

from casework.packs import Category

ENOUGH = 5
"""Examples that a category needs of which the trained model saw no reports."""


def too_few(categories: Sequence[Category], classes: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Code and warning of each category that the model does not know, nor covers, with few examples."""
    known = frozenset(classes)
    for category in categories:
        learnt = category.code in known or known & frozenset(category.covers)
        if not learnt and len(category.examples) < ENOUGH:
            yield (
                category.code,
                f"the category '{category.code}' is new to the trained model, and it has "
                f"{len(category.examples)} examples; with {ENOUGH} or more, as residents write, it is told "
                "apart better",
            )
