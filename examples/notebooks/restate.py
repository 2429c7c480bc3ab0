# %% [markdown]
# # Restate a series
#
# Beds by trust and quarter, 2018 to 2025, on the trusts of 1 April 2026; then registered patients by clinical
# commissioning group on the integrated care boards of that day. The figures are small extracts of what NHS England
# publishes; `data` says where.
#
# Run it in the folder `examples` of the project's source, which has the files that it reads. It needs
# `pip install "nhs-orgs[plot]" polars`. It is kept without outputs.

# %%
import polars as pl
from beds import drawing
from panels import read_extract

import nhs_orgs as nhs

rows = read_extract("beds.csv")
beds = pl.DataFrame(rows, schema=["org_code", "period", "beds"], orient="row")
beds.head()

# %% [markdown]
# ## Restate
#
# A crosswalk says of each code and date where its figures belong on one day. `splits="divide"` divides the figures of a
# divided trust by the best shares in hand; without it they would be kept undivided, under no code.

# %%
register = nhs.load()
crosswalk = register.crosswalk(to="2026-04-01", splits="divide")
restated = crosswalk.apply(beds, code="org_code", on="period", values="beds")
restated.frame.head()

# %% [markdown]
# ## Read the report
#
# Before the figures, the report: what found a target, what is approximate and by which measure, what is counted twice.

# %%
restated.report

# %% [markdown]
# Nothing is lost. The total of each quarter is what it was:

# %%
before, after = (frame.group_by("period").agg(pl.sum("beds")).sort("period") for frame in (beds, restated.frame))
before.join(after, on="period", suffix="_restated").head()

# %% [markdown]
# To stop where a code found no target, rather than read on:

# %%
restated.report.raise_for_unmapped()

# %% [markdown]
# ## Look
#
# Left the codes of the day, right the trusts of today. The rise at each merger is gone, and what is approximate is
# shaded. That the Northern Care Alliance rises in 2022 is no merger: NHS England published it so.

# %%
figure = drawing(rows, restated.frame)

# %% [markdown]
# ## Add up
#
# With `by` each trust of today has one row a quarter, marked if any of it is approximate.

# %%
added_up = crosswalk.apply(beds, code="org_code", on="period", values="beds", by="period")
added_up.frame.filter("approximate").head()

# %% [markdown]
# ## Roll up
#
# The groups of 2013 led to boards, by mergers, new codes and one division. `level` asks for the boards of the day.

# %%
patients = pl.DataFrame(read_extract("registered_patients.csv"), schema=["code", "day", "patients"], orient="row")
boards = register.crosswalk(to="2026-04-01", level=nhs.ICB, splits="divide")
on_boards = boards.apply(patients, code="code", on="day", values="patients", by="day")
on_boards.frame.pivot("day", index="code", values="patients")

# %%
on_boards.report
