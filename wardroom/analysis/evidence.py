"""How strongly a place's months speak for more trouble than is ordinary there.

A place is a 25 m cell, alone or with its neighbours. Each kind of trouble has a word of 36
bits, one a month, set where an episode began. What was to be expected comes from the place's
own general activity, the local mix of kinds and the city's calendar; the evidence is a
negative-binomial log likelihood ratio, summed over the kinds that stand out. So the best set
of kinds is the explanation. Source: engine notes, section 3.
"""

from __future__ import annotations

from math import exp, log

import numpy as np
from numba import njit

MONTHS = 36
WINDOWS = np.array([12, 18, 24, 30])
SPREAD = 4.0
TOLL = 1.5
QUIET = 3.0
LIFT = 1.15
FREE_STOP, STOP_PRICE = 2.0, 3.0
LITTLE = 3.0
FEWEST_MONTHS = 3
ENTRY_MONTHS = 24
MOST_KINDS = 3
ONE = np.uint64(1)


def _enough(n: int) -> float:
    """How few months must be expected for n active ones to be worth more than `TOLL`."""
    if n < 2:
        return 0.0
    low, high = 1e-9, float(n)
    for _ in range(80):
        e = (low + high) / 2
        worth = n * log(n / e) - (n + SPREAD) * log((n + SPREAD) / (e + SPREAD))
        low, high = (e, high) if worth > TOLL else (low, e)
    return high * (1 + 1e-9)


ENOUGH = np.array([_enough(n) for n in range(MONTHS + 1)])


@njit(cache=True, nogil=True, error_model="numpy")
def months_in(word):  # type: ignore[no-untyped-def]
    """How many months of a word are set."""
    v = word - ((word >> np.uint64(1)) & np.uint64(0x5555555555555555))
    v = (v & np.uint64(0x3333333333333333)) + ((v >> np.uint64(2)) & np.uint64(0x3333333333333333))
    v = (v + (v >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((v * np.uint64(0x0101010101010101)) >> np.uint64(56))


@njit(cache=True, nogil=True, error_model="numpy")
def log_likelihood_ratio(n, e):  # type: ignore[no-untyped-def]
    """Evidence of n active months where e were expected; 0 where n is not over e.

    Negative binomial with `SPREAD` as its shape, so that ordinary unevenness is no evidence.
    """
    if n <= e:
        return 0.0
    return n * log(n / e) - (n + SPREAD) * log((n + SPREAD) / (e + SPREAD))


@njit(cache=True, nogil=True, error_model="numpy")
def expected_months(activity, share, calendar, kind, start, end):  # type: ignore[no-untyped-def]
    """How many of the months from start to end an ordinary place would be active in a kind.

    ``calendar`` has shape (kinds, 37): the city's months of that kind, running, 1 on average.
    """
    rate = activity / MONTHS * share[kind] * (calendar[kind, end] - calendar[kind, start])
    span = end - start
    return span * (1.0 - exp(-rate / span))


@njit(cache=True, nogil=True, error_model="numpy")
def count_months(m, touched, word, problem, months):  # type: ignore[no-untyped-def]
    """The active months of each kind of a place; whether it is looked at.

    It is where one kind of trouble was there in 3 of the last 24 months.
    """
    looked_at = False
    for t in range(m):
        kind = touched[t]
        months[t] = months_in(word[kind])
        if problem[kind] and months[t] >= FEWEST_MONTHS and not looked_at:
            recent = word[kind] >> np.uint64(MONTHS - ENTRY_MONTHS)
            looked_at = months_in(recent) >= FEWEST_MONTHS
    return looked_at


@njit(cache=True, nogil=True, error_model="numpy")
def general_activity(m, touched, months, share, problem, quiet, ground):  # type: ignore[no-untyped-def]
    """A place's active months in all kinds, if the three that stand out most did not.

    ``quiet`` months are added to what was seen, and ``ground`` to the share of the kinds that
    count, which draws places with little to go by towards quiet / ground.
    """
    total = 0
    for t in range(m):
        total += months[t]
    first, second, third = -1, -1, -1
    most, more, much = 0.0, 0.0, 0.0
    for t in range(m):
        if not problem[touched[t]]:
            continue
        over = months[t] - (total + QUIET) * share[touched[t]]
        if over > most:
            third, much, second, more, first, most = second, more, first, most, t, over
        elif over > more:
            third, much, second, more = second, more, t, over
        elif over > much:
            third, much = t, over
    rest, left = float(total), 1.0
    for place in range(3):
        t = first if place == 0 else second if place == 1 else third
        if t >= 0:
            rest -= months[t]
            left -= share[touched[t]]
    return (rest + quiet) / (max(left, 0.05) + ground)


@njit(cache=True, nogil=True, error_model="numpy")
def kinds_that_may_explain(  # type: ignore[no-untyped-def]
    m, touched, months, word, share, calendar, problem, activity, hot, hot_word
):
    """The kinds that could be over the ordinary in some window, with their months; how many."""
    size, longest, year = 0, MONTHS - WINDOWS[-1], WINDOWS[0]
    for t in range(m):
        kind = touched[t]
        if months[t] < 2 or not problem[kind]:
            continue
        n = months_in(word[kind] >> np.uint64(longest))
        if n < 2:
            continue
        of_year = calendar[kind, MONTHS] - calendar[kind, MONTHS - year]
        rate = activity / MONTHS * share[kind] * of_year
        if rate < year and rate * (1.0 - rate / (2.0 * year)) >= ENOUGH[n]:
            continue
        hot[size], hot_word[size] = kind, word[kind]
        size += 1
    return size


@njit(cache=True, nogil=True, error_model="numpy")
def stretch(size, hot, hot_word, share, calendar, activity, start, end, terms):  # type: ignore[no-untyped-def]
    """The evidence of the months from start to end, and that of each hot kind in ``terms``."""
    total = 0.0
    upto = (ONE << np.uint64(end)) - ONE
    for t in range(size):
        n = months_in((hot_word[t] & upto) >> np.uint64(start))
        value, kind, span = 0.0, hot[t], end - start
        rate = activity / MONTHS * share[kind] * (calendar[kind, end] - calendar[kind, start])
        if n >= 2 and (rate >= span or rate * (1.0 - rate / (2.0 * span)) < ENOUGH[n]):
            e = span * (1.0 - exp(-rate / span))
            value = max(log_likelihood_ratio(float(n), e) - TOLL, 0.0)
        terms[t] = value
        total += value
    return total


@njit(cache=True, nogil=True, error_model="numpy")
def best_window(size, hot, hot_word, share, calendar, activity, terms):  # type: ignore[no-untyped-def]
    """The most evidence that one of the windows gives, and which one; 0 where none gives any."""
    best, window = 0.0, 0
    for candidate in WINDOWS:
        start = MONTHS - candidate
        value = stretch(size, hot, hot_word, share, calendar, activity, start, MONTHS, terms)
        if value > best:
            best, window = value, candidate
    return best, window


@njit(cache=True, nogil=True, error_model="numpy")
def keep_what_explains(size, hot, hot_word, share, calendar, activity, window, terms):  # type: ignore[no-untyped-def]
    """Only the kinds that stand out in the window stay in ``hot``; how many."""
    stretch(size, hot, hot_word, share, calendar, activity, MONTHS - window, MONTHS, terms)
    kept = 0
    for t in range(size):
        if terms[t] > 0.0:
            hot[kept], hot_word[kept], terms[kept] = hot[t], hot_word[t], terms[t]
            kept += 1
    return kept


@njit(cache=True, nogil=True, error_model="numpy")
def how_much_has_stopped(size, hot, hot_word, share, calendar, activity, window, best, scrap):  # type: ignore[no-untyped-def]
    """By how much the evidence was stronger at some earlier end of the window than it is now."""
    start, top = MONTHS - window, best
    for end in range(start + 2, MONTHS):
        value = stretch(size, hot, hot_word, share, calendar, activity, start, end, scrap)
        top = max(top, value)
    return top - best
