"""What makes a difference a finding. Each number has its reason; what they yield: docs/methods/findings.md.

They are constants, not settings: two places that assess the same log must get the same questions.
"""

from __future__ import annotations

# How many cases a pattern must touch. Under 20 the 95 % interval of a share is wider than ±22 points, and a
# team remembers so few cases better than a statistic tells them.
MIN_CASES = 20
MIN_SHARE = 0.05  # of the cases: what meets fewer than one in twenty is an exception, not the way of working

# Below both a pattern costs too little to talk about: half a calendar day for the case that meets it, one
# working
# day a year for the unit.
MIN_DAYS = 0.5
MIN_HOURS_PER_YEAR = 8.0

# A wait is long from one whole working day on, so that no night, weekend or holiday makes one; such waits
# are a
# finding where they touch enough cases and make a tenth of all the time from request to answer. Before the
# first
# piece of work it is a late start.
LONG_WAIT_WORKING_DAYS = 1.0
LONG_WAIT_SHARE = 0.10
# Told in a list of steps, where nights and weekends are in the figure: a calendar day, two for the first
# step.
LONG_WAIT_DAYS = 1.0
LATE_START_DAYS = 2.0

# Hand-offs: four changes of unit mean that the usual case lies on five desks; the reference service of the
# State Audit Office's report of 2017 needs two. They count where waiting after them is a fifth of the time.
HAND_OFFS = 4
HAND_OFF_WAIT_SHARE = 0.20

# Ping-pong: a case goes from a unit to another and back to work that it had done, or to and fro twice.
PING_PONG_SHARE = 0.10

REWORK_SHARE = 0.05  # lower end of the interval of the share of cases that come back to a step
# lower end of the interval: where a trigger is met the step is repeated half as often again
TRIGGER_LIFT = 1.5
TRIGGER_FALSE_DISCOVERY = 0.01  # Benjamini–Hochberg over all triggers tried in a log

# A check that never changes what follows: the upper end of the exact interval of the share of checks followed
# by anything else than usual lies under one in twenty.
CHECK_CHANGES = 0.05
# Two shares of bad outcomes are taken as equal where the whole interval of their difference lies within ±10
# points.
OUTCOME_MARGIN = 0.10

REPEATED_CHECK_SHARE = 0.10  # lower end: one case in ten is checked again although nothing sent it back

# Batching by weekday: one or two weekdays hold 60 % (80 %) of the completions and clearly more than of the
# arrivals.
WEEKDAY_SHARE = {1: 0.60, 2: 0.80}
WEEKDAY_EXCESS = 0.25  # share of completions on those days less the share of arrivals
# Batching by date: three cases or more per day on which the step happens, on half as many days as work comes
# in.
BATCH_SIZE = 3.0
BATCH_DAYS_RATIO = 0.5
BATCH_P = 1e-4  # of the test against days drawn at random
BATCH_EXPLAINS = 1 / 3  # of the waiting lies before the next such day; else something else holds it up
BATCH_WAIT_DAYS = 1.0  # mean wait for the batch; less is not worth a question

# A bottleneck: work keeps a unit busy for 85 % of its people's hours (queues grow as u/(1 − u): 0.85 → 5.7),
# or the queue before it ends the period half as high again as it began, and at least five cases higher.
BOTTLENECK_UTILISATION = 0.85
QUEUE_GROWTH = 1.5
QUEUE_GROWTH_CASES = 5.0
QUEUE_P = 0.01  # of the trend over weeks (Mann–Kendall)
BOTTLENECK_WAIT_SHARE = 0.30  # of all waiting of the mean case lies before this unit

# How sure. High: as many cases as make a share's interval ±10 points, and the interval of the effect within
# ±20 %.
HIGH_CASES, HIGH_HALF_WIDTH = 100, 0.20
MEDIUM_CASES, MEDIUM_HALF_WIDTH = 40, 0.50

# Entrance by steps: what people said in a room, estimates all of it.
STEPS_LONG_WAIT_SHARE = 0.20  # of the lead time before one step
STEPS_COMPLETE_ACCURATE = 0.80  # one in five comes back
STEPS_BATCH_DAYS = 2.0
