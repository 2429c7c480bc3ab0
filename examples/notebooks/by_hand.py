# %% [markdown]
# # A dictionary by hand, and the library
#
# The same tables twice: once with a dictionary of codes typed by hand, as analysts do it, and once with the library.
# `by_hand.py`, beside this notebook, has the tables, the dictionary and the few codes that are spoilt.
#
# Run it in the folder `examples` of the project's source, which has the files that it reads. It needs
# `pip install nhs-orgs pandas`. It is kept without outputs.

# %%
import pandas as pd
from by_hand import attendances, beds, patients

pd.set_option("display.max_colwidth", None)
pd.DataFrame(beds())

# %% [markdown]
# The dictionary knows no dates, so what was divided in steps is divided alike at all times. It knows no shares. And
# what it does not know, it drops.

# %%
pd.DataFrame(attendances())

# %%
pd.DataFrame(patients())
